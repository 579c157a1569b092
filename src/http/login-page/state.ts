import type { Client } from '#core/identity'
import type { LoginFailure } from '#core/upstream'
import type { MessageView } from './page-data.ts'
import type { Shown } from './show.ts'

/** What a refusal can show: the page that is open, or else a page of the client's shop with a message. */
export type PageState = {
  readonly shown?: Shown
  readonly client?: Client | null
  /** Why a login at a provider brought nobody, for the page that is open. */
  readonly failure?: LoginFailure
  readonly message?: MessageView['message']
}
