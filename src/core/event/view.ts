import * as z from 'zod'
import { viewsOf } from '#db/field'
import { eventFields } from './field.ts'

export { EventName } from './field.ts'

export const Event = z.strictObject(viewsOf(eventFields)).meta({ id: 'Event' })
export type Event = z.output<typeof Event>
