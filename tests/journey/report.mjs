// Counts checks, says each as it is made, and closes with the line that machines read.
export class Report {
  passed = 0
  failed = 0

  check(what, is, otherwise = '') {
    if (is) this.passed++
    else this.failed++
    if (!is) console.error(`  FAILED ${what}${otherwise ? `\n      ${otherwise}` : ''}`)
    else if (process.stdout.isTTY) console.log(`  ok ${what}`)
    return is
  }

  /** The exit status. */
  close() {
    console.log(`journey: ${this.passed} passed, ${this.failed} failed`)
    return this.failed ? 1 : 0
  }
}
