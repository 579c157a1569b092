import * as z from 'zod'
import { requiredHeader } from '../header.ts'

/** An answer that is a page. */
export const pageAnswer = (description: string) => ({
  description,
  content: { 'text/html': { schema: z.string() } },
})
export const redirect = (description: string) => ({
  description,
  headers: { Location: requiredHeader('The client, with what it gets') },
})
