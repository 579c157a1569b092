/** A setting or a secret is wrong or missing; the message names it and never shows a secret. */
export class Misconfigured extends Error {
  override name = 'Misconfigured'
}
