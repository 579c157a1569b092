import * as z from 'zod'
import { atMost } from '#kernel/length'

export const Handle = z.string().check(atMost(2000)).meta({
  description: 'The handle from `POST /auth/code`. The codes are valid only with it',
})

export const Code = z
  .string()
  .check(atMost(4000))
  .meta({
    description:
      'The six digits of the mail, or the token of its link, or the whole link. Blanks, dashes and invisible characters are dropped.',
    examples: ['493817'],
  })
