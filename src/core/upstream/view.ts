import * as z from 'zod'
import { pageSchema } from '#core/page'
import { viewShape } from '#db/field'
import { linkedIdentityFields } from './field-list.ts'

const LinkedIdentity = z
  .strictObject(viewShape(linkedIdentityFields))
  .meta({ id: 'LinkedIdentity' })

export const LinkedIdentityPage = pageSchema(LinkedIdentity, 'LinkedIdentityPage')
export type LinkedIdentityPage = z.output<typeof LinkedIdentityPage>
