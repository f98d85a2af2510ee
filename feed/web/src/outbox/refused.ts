// No session, too many requests, or a server in trouble: the same letter may
// be taken later.
const passing = [401, 408, 425, 429]

/** Whether a refusal will be the same the next time. */
export const isForGood = (status: number): boolean => status < 500 && !passing.includes(status)
