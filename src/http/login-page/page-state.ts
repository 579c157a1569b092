import type { Client } from '#core/identity'
import type { ProviderLoginFailure } from '#core/upstream'
import type { Shown } from './show.ts'
import type { MessageView } from './view-types.ts'

/** What a refusal can show: the page that is open, or else a page of the client's shop with a message. */
export type PageState = {
  readonly shown?: Shown
  readonly client?: Client | null
  /** The reason why a login at a provider failed, for the open page. */
  readonly failure?: ProviderLoginFailure
  readonly message?: MessageView['message']
}
