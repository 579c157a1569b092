import * as z from 'zod'
import { viewShape } from '#db/field'
import { deadLetterFields } from './field-list.ts'

export const DeadLetter = z.strictObject(viewShape(deadLetterFields)).meta({ id: 'DeadLetter' })
export type DeadLetter = z.output<typeof DeadLetter>
