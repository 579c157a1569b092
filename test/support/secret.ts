/** What the services under test seal and derive everything with. */
export const MASTER_SECRET = Buffer.alloc(32, 'test').toString('base64')
