#!/usr/bin/env bash
# Software: liqe 3.8.7 and lucene 2.1.1 (npm), Lucene.Net.QueryParser 4.8.0-beta00017 (NuGet): "Lucene-like" filter languages.
# Expected: AND binds closer than OR: "failed OR lost AND in oslo" is failed anywhere, or lost in Oslo; whichever way round it is written.
# Happens:  liqe goes from left to right, so it is (failed or lost) in Oslo. lucene goes from right to left, so "failed AND oslo OR lost" is failed and (in Oslo or lost). Lucene.Net
#           has no such tree at all: of the first it makes "must be lost, must be in Oslo", and failed alone finds nothing; of the second "must be failed, must be in Oslo", and lost
#           finds nothing.
# Matters:  four readings of one saved filter, all without an error. A list that is to hold all failed executions holds those of one site, and who deletes by it deletes others.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
printf '%s\n' 'state:failed OR state:lost AND site:oslo' 'state:failed AND site:oslo OR state:lost' > filters
cat > parse.mjs <<'E'
import { readFileSync } from 'node:fs';
import * as liqe from 'liqe';
import lucene from 'lucene';
const fleet = [['failed', 'oslo'], ['failed', 'rome'], ['lost', 'oslo'], ['lost', 'rome'], ['up', 'oslo']].map(([state, site]) => ({ state, site }));
const tree = node => node.operator ? `(${tree(node.left)} ${node.operator} ${tree(node.right)})` : node.left ? tree(node.left) : node.term;
for (const filter of readFileSync('filters', 'utf8').trim().split('\n')) {
  console.log(`liqe ${filter}: ${liqe.filter(liqe.parse(filter), fleet).map(run => `${run.state} in ${run.site}`).join(', ')}`);
  console.log(`lucene ${filter}: ${tree(lucene.parse(filter))}`);
}
E
cat > parse.cs <<'E'
#:package Lucene.Net.QueryParser@4.8.0-beta00017
#:property PublishAot=false
#:property InvariantGlobalization=true
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Documents;
using static Lucene.Net.Util.LuceneVersion;
using var directory = new RAMDirectory();
using (var writer = new IndexWriter(directory, new IndexWriterConfig(LUCENE_48, new KeywordAnalyzer())))
    foreach (var (state, site) in new[] { ("failed", "oslo"), ("failed", "rome"), ("lost", "oslo"), ("lost", "rome"), ("up", "oslo") })
        writer.AddDocument(new Document { new StringField("state", state, Field.Store.YES), new StringField("site", site, Field.Store.YES) });
using var reader = DirectoryReader.Open(directory);
var searcher = new IndexSearcher(reader);
foreach (var filter in File.ReadLines("filters"))
{
    var query = new QueryParser(LUCENE_48, "state", new KeywordAnalyzer()).Parse(filter);
    var found = searcher.Search(query, 10).ScoreDocs.OrderBy(hit => hit.Doc).Select(hit => searcher.Doc(hit.Doc)).Select(run => $"{run.Get("state")} in {run.Get("site")}");
    Console.WriteLine($"Lucene.Net {filter}: {query}, which is {string.Join(", ", found)}");
}
E
cat > expected <<'E'
liqe state:failed OR state:lost AND site:oslo: failed in oslo, lost in oslo
lucene state:failed OR state:lost AND site:oslo: (failed OR (lost AND oslo))
liqe state:failed AND site:oslo OR state:lost: failed in oslo, lost in oslo, lost in rome
lucene state:failed AND site:oslo OR state:lost: (failed AND (oslo OR lost))
Lucene.Net state:failed OR state:lost AND site:oslo: state:failed +state:lost +site:oslo, which is lost in oslo
Lucene.Net state:failed AND site:oslo OR state:lost: +state:failed +site:oslo state:lost, which is failed in oslo
E
npm install --silent --no-audit --no-fund liqe@3.8.7 lucene@2.1.1 >/dev/null
{ node parse.mjs; dotnet run parse.cs; } > seen
cat seen
diff expected seen || { echo "CHANGED: filters are read otherwise than noted"; exit 1; }
