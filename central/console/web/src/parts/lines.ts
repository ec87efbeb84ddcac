/** One line of two texts laid side by side: in both, only in the older, only in the newer. */
export interface Line { kind: 'same' | 'gone' | 'new'; text: string }

/** The longest common run of lines stays; the rest is gone or new. Rules are a few hundred lines at most. */
export function compareLines(older: string, newer: string): Line[] {
  const a = older.split('\n')
  const b = newer.split('\n')
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let k = b.length - 1; k >= 0; k--)
      common[i][k] = a[i] === b[k] ? common[i + 1][k + 1] + 1 : Math.max(common[i + 1][k], common[i][k + 1])
  const lines: Line[] = []
  let i = 0
  let k = 0
  while (i < a.length || k < b.length) {
    if (i < a.length && k < b.length && a[i] === b[k]) {
      lines.push({ kind: 'same', text: a[i++] })
      k++
    } else if (i < a.length && (k === b.length || common[i + 1][k] >= common[i][k + 1])) lines.push({ kind: 'gone', text: a[i++] })
    else lines.push({ kind: 'new', text: b[k++] })
  }
  return lines
}
