/** What the page of mails shows. */
export type Entry = Mail | HeldBack

export type Mail = {
  readonly kind: 'mail'
  readonly at: Date
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** A mail that was not sent, and the bound that held it back. */
type HeldBack = { readonly kind: 'held'; readonly at: Date; readonly bound: string }
