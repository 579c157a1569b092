/** The new state of a user at the provider; absent fields stay. */
export type UserState = {
  /** Null: the provider gets no address. */
  readonly email: string | null
  readonly emailVerified: boolean
  readonly isForbidden: boolean
}

export type NewUser = Pick<UserState, 'email' | 'emailVerified'> & {
  readonly name: string
  readonly password: string
}

/** The provider's users, by any of its APIs. All methods refuse `issuer_unavailable`; `setPassword` may refuse `invalid_input`. */
export type HanzoUsers = {
  readonly create: (user: NewUser) => Promise<'made' | 'name_taken' | 'email_taken'>
  readonly setPassword: (name: string, password: string) => Promise<'set' | 'missing'>
  /** The likely `sub` of the user's tokens; null when there is no such user. */
  readonly subjectOf: (name: string) => Promise<string | null>
  readonly update: (name: string, state: UserState) => Promise<'done' | 'missing' | 'email_taken'>
  /** A repeat changes nothing. */
  readonly remove: (name: string) => Promise<void>
}
