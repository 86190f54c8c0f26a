// Answers from a trained run, whose data may be gone: node serve.ts runs/bsl 8080, then GET /recommend?user=196&k=10
import { createServer } from 'node:http';
import { useEngine } from '@losslab/backend';
import { LosslabError } from '@losslab/core';
import { openRecommender } from '@losslab/trainer';
import { registry } from 'losslab';

await useEngine('simd');
const recommender = await openRecommender(process.argv[2]!, registry, { leaveOut: 'known' });
const statusOf: Partial<Record<string, number>> = { 'unknown-name': 404, 'bad-option': 400 };
const server = createServer((request, response) => {
  const reply = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const url = URL.parse(request.url!, 'http://localhost');
  if (url?.pathname !== '/recommend') return reply(404, { error: 'expected /recommend?user=ID&k=10' });
  const user = url.searchParams.get('user') ?? '';
  try {
    return reply(200, { user, items: recommender.recommend(user, Number(url.searchParams.get('k') ?? 10)) });
  } catch (error) {
    const { code, message } = error instanceof LosslabError ? error : { code: '', message: 'no answer' };
    return reply(statusOf[code] ?? 500, { error: message });
  }
});
server.listen(Number(process.argv[3] ?? 8080), '127.0.0.1', () => console.log(server.address()));
