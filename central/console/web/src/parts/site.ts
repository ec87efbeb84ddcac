// What the hub says of a site, and how bad each word of it is.
export interface Refused { reason: string; epoch: number; seq: number; count: number; at_ms: number }
export interface Stream {
  trouble: string; epoch: number; up_to_seq: number; applied_ms: number; forged: number; halted: string; refused?: Refused
  down: { waiting: number; oldest_ms: number; stopped: string }
}
export interface Site {
  id: string; name: string; kind: string; state: string; line: string; line_since_ms: number; starts: number; merged_ms: number; lag_ms: number; last_contact_ms: number
  waiting_rows: number; accepted: number; rejected: number; merged: number; duplicate: number; quarantined: number; version: string; stream: Stream
  datasets: number; oldest?: { id: string; zh: string; en: string; last_ms: number }
}
export type Kind = 'good' | 'warn' | 'bad' | 'none'

const place = (words: string[]) => (word: string) => (words.includes(word) ? words.indexOf(word) : words.length)
export const troubleRank = place(['twin', 'refused', 'halted', 'stopped', 'forged', 'stalled'])
export const lineRank = place(['offline', 'never', 'online'])
export const agentRank = place(['never', 'silent', 'late', 'connected'])
export const lineKinds: Record<string, Kind> = { online: 'good', offline: 'bad', never: 'none' }
export const agentKinds: Record<string, Kind> = { never: 'none', silent: 'bad', late: 'warn', connected: 'good' }
