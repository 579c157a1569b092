import * as z from 'zod'
import { eventTypeMeanings } from '#core/event'
import { inputShape } from '#db/field'
import { lengthAtLeast, lengthAtMost } from '#kernel/length'
import { isStorable } from '#kernel/text'
import { webhookFields } from './field-list.ts'

const texts = z.object(inputShape(webhookFields)).partial().shape

const families = [
  ...new Set(Object.keys(eventTypeMeanings).map((type) => type.replace(/\..*$/, '.*'))),
]

/** The events that a webhook asks for: by name, by family, or all. */
const EventFilter = z
  .array(z.enum(['*', ...families, ...Object.keys(eventTypeMeanings)]))
  .check(lengthAtLeast(1), lengthAtMost(50))
  .transform((events) => [...new Set(events)])
  .meta({ examples: [['customer.*']] })

/** `readWebhookUrl` makes the canonical form and checks it, because the check depends on the deployment. */
const Url = z
  .string()
  .check(lengthAtLeast(1), lengthAtMost(2000))
  .refine(isStorable, { error: 'Must not contain control characters or broken Unicode.' })
  .meta({
    format: 'uri',
    description:
      'https, at port 443 or 8443 of a public host name that is not this service, without credentials, blanks and control characters. Three hosts are refused (`url_not_allowed`): an IP address, a name that is reserved for internal networks, and a name that contains a private address. A name that resolves to a private address is refused when a message is sent. Redirects are not followed. The URL is stored as the URL parser writes it (WHATWG URL), without a fragment: `HTTPS://Bücher.example:443\\a#b` is `https://xn--bcher-kva.example/a`',
    examples: ['https://example.com/hooks/customer'],
  })

export const CreateWebhook = z
  .strictObject({
    url: Url,
    events: EventFilter,
    ...texts,
  })
  .meta({
    id: 'CreateWebhook',
    examples: [{ url: 'https://example.com/hooks/customer', events: ['customer.*'] }],
  })
export type CreateWebhook = z.output<typeof CreateWebhook>

/** An absent field stays as it is. */
export const UpdateWebhook = z
  .strictObject({
    url: Url.optional(),
    events: EventFilter.optional(),
    ...texts,
    status: z.enum(['enabled', 'disabled']).optional(),
  })
  .meta({ id: 'UpdateWebhook', examples: [{ status: 'enabled' }] })
export type UpdateWebhook = z.output<typeof UpdateWebhook>
