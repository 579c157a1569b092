import * as z from 'zod'
import { pageOf } from '#core/page'
import { viewsOf } from '#db/field'
import { linkedIdentityFields } from './field.ts'

const LinkedIdentity = z.strictObject(viewsOf(linkedIdentityFields)).meta({ id: 'LinkedIdentity' })

export const LinkedIdentityPage = pageOf(LinkedIdentity, 'LinkedIdentityPage')
export type LinkedIdentityPage = z.output<typeof LinkedIdentityPage>
