#!/usr/bin/env python3
"""old_broker.py PORT BROKER_PORT FOLDER NAME: a door before the broker that refuses MQTT 5, as brokers of 3.1.1 do; all else it
passes on, with the certificate of NAME."""
import socket, ssl, sys, threading

port, broker_port, folder, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
inside.load_cert_chain(f"{folder}/broker.pem", f"{folder}/broker.key")
outside = ssl.create_default_context(cafile=f"{folder}/ca.pem")
outside.load_cert_chain(f"{folder}/{name}.pem", f"{folder}/{name}.key")


def copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    finally:
        for s in (source, target):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def serve(raw):
    try:
        client = inside.wrap_socket(raw, server_side=True)
        head = client.recv(4096)
        if head[head.index(b"MQTT") + 4] == 5:
            client.sendall(b"\x20\x02\x00\x01")  # CONNACK of 3.1.1: unacceptable protocol version
            client.close()
            return
        broker = outside.wrap_socket(socket.create_connection(("127.0.0.1", broker_port)), server_hostname="127.0.0.1")
        broker.sendall(head)
        threading.Thread(target=copy, args=(broker, client), daemon=True).start()
        copy(client, broker)
    except (OSError, ValueError):
        raw.close()


door = socket.create_server(("127.0.0.1", port))
while True:
    threading.Thread(target=serve, args=(door.accept()[0],), daemon=True).start()
