import type { Context as HonoContext } from 'hono'
import * as z from 'zod'
import {
  addMatchingCustomers,
  ChangeMembers,
  CreateGroup,
  changeMembers,
  createGroup,
  deleteGroup,
  findGroup,
  Group,
  GroupKeyOrName,
  GroupPage,
  listGroups,
  listMembers,
  MemberChanges,
  MemberPage,
  UpdateGroup,
  updateGroup,
} from '#core/group'
import { CountedPaging } from '#core/page'
import { Refusal } from '#kernel/error'
import type { Env } from './env.ts'
import { etag, etagOfRunningWork } from './precondition.ts'
import { querySchema } from './query-schema.ts'
import {
  jsonRequestBody,
  type NounRoutes,
  newNounRoutes,
  openapiJsonAnswer,
  route,
} from './route.ts'

const tags: [string] = ['Group']

const GroupPath = z.object({
  key: z
    .string()
    .meta({ description: "A group's key or name, in any spelling", examples: ['vip'] }),
})

/** The group of a path. A text that cannot name one answers like the name of an unknown one. */
function groupOf(c: HonoContext<Env>): string {
  const named = GroupKeyOrName.safeParse(c.req.param('key'))
  if (!named.success) throw new Refusal('group_not_found')
  return named.data
}

/** The figures of work change under one version. */
const tagOf = ({ state }: Group, version: number): string =>
  state === 'running' ? etagOfRunningWork(version) : etag(version)

export const groupRoutes: NounRoutes = newNounRoutes()
  .openapi(
    route('GET /group', {
      tags,
      summary: 'List the groups',
      request: { query: querySchema(CountedPaging.shape) },
      responses: { 200: openapiJsonAnswer(GroupPage, 'The groups, by their keys') },
      refusals: ['invalid_input', 'invalid_cursor'],
    }),
    async (c) => c.json(await listGroups(c.get('ctx'), c.req.valid('query')), 200),
  )
  .openapi(
    route('POST /group', {
      tags,
      summary: 'Create a group',
      request: { body: jsonRequestBody(CreateGroup) },
      responses: { 201: openapiJsonAnswer(Group, 'The group', 'ETag', 'Location') },
      refusals: [
        'group_taken',
        'group_being_deleted',
        'rule_not_trusted',
        'rule_cycle',
        'rule_limit_reached',
        'rule_too_deep',
      ],
    }),
    async (c) => {
      const { value, version } = await createGroup(c.get('ctx'), c.req.valid('json'))
      return c.json(value, 201, { ETag: tagOf(value, version), Location: `/group/${value.key}` })
    },
  )
  .openapi(
    route('GET /group/{key}', {
      tags,
      summary: 'Retrieve a group',
      request: { params: GroupPath },
      responses: { 200: openapiJsonAnswer(Group, 'The group', 'ETag') },
      refusals: ['group_not_found'],
    }),
    async (c) => {
      const { value, version } = await findGroup(c.get('ctx'), groupOf(c))
      return c.json(value, 200, { ETag: tagOf(value, version) })
    },
  )
  .openapi(
    route('PATCH /group/{key}', {
      tags,
      summary: 'Change a group',
      request: { params: GroupPath, body: jsonRequestBody(UpdateGroup) },
      responses: { 200: openapiJsonAnswer(Group, 'The group as it is now', 'ETag') },
      refusals: [
        'group_not_found',
        'too_much_metadata',
        'rule_not_trusted',
        'rule_cycle',
        'rule_limit_reached',
        'rule_too_deep',
      ],
    }),
    async (c) => {
      const { value, version } = await updateGroup(c.get('ctx'), groupOf(c), c.req.valid('json'))
      return c.json(value, 200, { ETag: tagOf(value, version) })
    },
  )
  .openapi(
    route('DELETE /group/{key}', {
      tags,
      summary: 'Delete a group',
      description:
        'The members leave the group, each with a `customer.group_removed`: up to 500 at once, the others soon after. Until then the key stays taken. If the rule of another group reads the group, it cannot be deleted.',
      request: { params: GroupPath },
      responses: { 204: { description: 'It is deleted' } },
      refusals: ['group_not_found', 'group_in_use'],
    }),
    async (c) => {
      await deleteGroup(c.get('ctx'), groupOf(c))
      return c.body(null, 204)
    },
  )
  .openapi(
    route('GET /group/{key}/member', {
      tags,
      summary: 'List the members of a group',
      request: { params: GroupPath, query: querySchema(CountedPaging.shape) },
      responses: { 200: openapiJsonAnswer(MemberPage, 'The members, by their ids') },
      refusals: ['group_not_found', 'invalid_input', 'invalid_cursor'],
    }),
    async (c) => c.json(await listMembers(c.get('ctx'), groupOf(c), c.req.valid('query')), 200),
  )
  .openapi(
    route('POST /group/{key}/member', {
      tags,
      summary: 'Add and remove many customers',
      description:
        'At most 1,000 ids in one call, or all customers who match a filter. Each customer that enters or leaves the group has an event. Members that the rule of the group holds stay.',
      request: { params: GroupPath, body: jsonRequestBody(ChangeMembers) },
      responses: {
        200: openapiJsonAnswer(MemberChanges, 'The number of customers in each category'),
        202: openapiJsonAnswer(
          Group,
          'More than 1,000 match the filter: a job adds them, and the group shows its progress',
        ),
      },
      refusals: ['group_not_found', 'group_being_deleted', 'narrow_the_query'],
    }),
    async (c) => {
      const { add, remove } = c.req.valid('json')
      const ctx = c.get('ctx')
      if (Array.isArray(add)) {
        return c.json(await changeMembers(ctx, groupOf(c), { add, remove }), 200)
      }
      const added = await addMatchingCustomers(ctx, groupOf(c), add.filter)
      return 'changes' in added ? c.json(added.changes, 200) : c.json(added.begun, 202)
    },
  )
