import * as z from 'zod'
import { viewsOf } from '#db/field'
import { deadLetterFields } from './field.ts'

export const DeadLetter = z.strictObject(viewsOf(deadLetterFields)).meta({ id: 'DeadLetter' })
export type DeadLetter = z.output<typeof DeadLetter>
