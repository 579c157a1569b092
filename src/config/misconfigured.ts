/** A setting or a secret is wrong or missing; the message names it and never shows a secret. */
export class Misconfigured extends Error {
  override name = 'Misconfigured'
  constructor(message: string) {
    super(message)
    // The sentence says what to do. Where in the code it was noticed tells nobody anything.
    this.stack = `${this.name}: ${message}`
  }
}
