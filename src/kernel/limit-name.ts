/**
 * The limits of which answers tell. place: what costs a hash or a mail, by place. session, client: refresh tokens, and tokens for clients, by
 * place. secrets: wrong secrets of a client from a place. tries, device: wrong passwords at an account, from a place or from a device that
 * has logged in. codes: tries of a login by the codes of one request. hashes: the line before the hashes. made: what a place makes without a proof.
 */
export type LimitName =
  | 'place'
  | 'session'
  | 'client'
  | 'secrets'
  | 'tries'
  | 'device'
  | 'codes'
  | 'hashes'
  | 'made'

/** What is left of a limit under which a request has counted. */
export type Left = {
  readonly limit: LimitName
  /** As long as the request has not succeeded. */
  readonly remaining: number
  /** After the request has succeeded. A success may not count, or may reset the counter. */
  readonly whenDone: number
}
