// The only way to the hub: JSON under /api/v1, problem details in both languages, the second token on writes.
import { ref } from 'vue'
import { language } from './words'

export interface User { user: string; role: string; csrf: string }
export class Problem extends Error {
  constructor(public status: number, public code: string, text: string) { super(text) }
}

export const user = ref<User | null>(null)
let asked = false

export async function api<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const headers: Record<string, string> = {}
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET' && user.value) headers['X-CSRF-Token'] = user.value.csrf
  let reply: Response
  try {
    reply = await fetch('/api/v1' + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
  } catch {
    throw new Problem(0, 'network', language.value === 'zh' ? '连接不上中心程序，请稍后重试' : 'the hub does not answer; try again')
  }
  const text = await reply.text()
  const value = text ? JSON.parse(text) : null
  if (!reply.ok) {
    if (reply.status === 401 && path !== '/session') user.value = null
    throw new Problem(reply.status, value?.code ?? '', (language.value === 'zh' ? value?.title : value?.title_en) ?? reply.statusText)
  }
  return value as T
}

/** The bytes of an answer, for a file to keep; null: not yet. */
export async function file(path: string): Promise<Blob | null> {
  const reply = await fetch('/api/v1' + path)
  if (reply.ok) return reply.status === 202 ? null : reply.blob()
  const value = await reply.json()
  throw new Problem(reply.status, value.code ?? '', (language.value === 'zh' ? value.title : value.title_en) ?? reply.statusText)
}

export async function me(): Promise<User | null> {
  if (!asked) {
    asked = true
    try { user.value = await api<User>('/session') } catch { user.value = null }
  }
  return user.value
}

export async function logIn(name: string, password: string) {
  user.value = await api<User>('/session', 'POST', { user: name, password })
}

export async function logOut() {
  try { await api('/session', 'DELETE') } catch { /* a session that the hub has forgotten is left as well */ }
  user.value = null
}
