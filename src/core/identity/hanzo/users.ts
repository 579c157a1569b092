/** What a user at the provider is to be; what is left out stays. */
export type UserState = {
  /** Null: none is told. */
  readonly email: string | null
  readonly emailVerified: boolean
  readonly isForbidden: boolean
}

export type NewUser = Pick<UserState, 'email' | 'emailVerified'> & {
  readonly name: string
  readonly password: string
}

/** The provider's users, whichever API it has. All refuse `issuer_unavailable`; `setPassword` may refuse `invalid_input`. */
export type Users = {
  readonly create: (user: NewUser) => Promise<'made' | 'name_taken' | 'email_taken'>
  readonly setPassword: (name: string, password: string) => Promise<'set' | 'missing'>
  /** The `sub` of its tokens, as far as can be told without one; null when there is no such user. */
  readonly subjectOf: (name: string) => Promise<string | null>
  readonly update: (name: string, state: UserState) => Promise<'done' | 'missing' | 'email_taken'>
  /** Once is enough. */
  readonly remove: (name: string) => Promise<void>
}
