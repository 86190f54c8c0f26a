// Only the metrics, on somebody else's recommendations: node metrics.ts recommendations.parquet held-out.csv
// Columns are user, item and, of recommendations, score; either file may be CSV, TSV, JSON Lines or Parquet.
import { interactionsFromTable } from '@losslab/core';
import { readTable } from '@losslab/data';
import { evaluateLists } from '@losslab/metrics';

const [recommended, heldOut] = process.argv.slice(2);
const { table, ids } = await readTable(heldOut!);
const { table: lists } = await readTable(recommended!, { ids });
const measured = evaluateLists({ lists, test: interactionsFromTable(table), at: [1, 3], metrics: ['recall', 'ndcg'] });
console.log(measured.metrics);
console.log(measured.lists); // unknown ids, repeated rows, users without a list
