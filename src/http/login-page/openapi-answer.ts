import * as z from 'zod'
import { requiredHeaderDocument } from '../header-document.ts'

/** An answer that is a page. */
export const openapiPageAnswer = (description: string) => ({
  description,
  content: { 'text/html': { schema: z.string() } },
})
export const openapiRedirectAnswer = (description: string) => ({
  description,
  headers: { Location: requiredHeaderDocument('The client, with what it gets') },
})
