#!/usr/bin/env bash
# Software: .NET 10.0 (System.Diagnostics.Activity, seen on 10.0.12), @opentelemetry/core 2.12.1 and @opentelemetry/api 1.9.0 (npm).
# Expected: a baggage item that is added again with another value has the new value, here and in the service that is called next.
# Happens:  AddBaggage keeps both values, and SetBaggage after them replaces the newest alone. In .NET the newest is read; the header has all, newest first, and
#           OpenTelemetry for Node.js takes the last, which is the oldest.
# Matters:  a rollout that sets "wave" to 2 on its way is logged as wave 1 by each service behind the first.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > send.cs <<'E'
#:property PublishAot=false
using System.Diagnostics;
Send("added once", activity => activity.AddBaggage("wave", "1"));
Send("added twice", activity => activity.AddBaggage("wave", "1").AddBaggage("wave", "2"));
Send("added twice, then set", activity => activity.AddBaggage("wave", "1").AddBaggage("wave", "2").SetBaggage("wave", "3"));
Send("set twice", activity => activity.SetBaggage("wave", "1").SetBaggage("wave", "2"));

static void Send(string name, Action<Activity> change)
{
    using var activity = new Activity("deploy").SetIdFormat(ActivityIdFormat.W3C).Start();
    change(activity);
    DistributedContextPropagator.Current.Inject(activity, null, (_, header, value) =>
    {
        if (header == "baggage") Console.WriteLine($"{name}|{activity.GetBaggageItem("wave")}|{value}");
    });
}
E
cat > receive.mjs <<'E'
import { readFileSync } from 'fs';
import { ROOT_CONTEXT, propagation } from '@opentelemetry/api';
import { W3CBaggagePropagator } from '@opentelemetry/core';
for (const line of readFileSync('sent', 'utf8').trim().split('\n')) {
  const [name, here, baggage] = line.split('|');
  const context = new W3CBaggagePropagator().extract(ROOT_CONTEXT, { baggage }, { get: (carrier, key) => carrier[key], keys: Object.keys });
  console.log(`${name}: .NET reads ${here}, sends "${baggage}", Node.js reads ${propagation.getBaggage(context).getEntry('wave').value}`);
}
E
cat > expected <<'E'
added once: .NET reads 1, sends "wave = 1", Node.js reads 1
added twice: .NET reads 2, sends "wave = 2, wave = 1", Node.js reads 1
added twice, then set: .NET reads 3, sends "wave = 3, wave = 1", Node.js reads 1
set twice: .NET reads 2, sends "wave = 2", Node.js reads 2
E
npm install --silent --no-audit --no-fund @opentelemetry/core@2.12.1 @opentelemetry/api@1.9.0 >/dev/null
dotnet run send.cs > sent
node receive.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: baggage is sent or read otherwise than noted"; exit 1; }
