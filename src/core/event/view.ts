import * as z from 'zod'
import { viewShape } from '#db/field'
import { eventFields } from './field-list.ts'

export { EventName } from './field-list.ts'

export const Event = z.strictObject(viewShape(eventFields)).meta({ id: 'Event' })
export type Event = z.output<typeof Event>
