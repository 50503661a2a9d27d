#!/usr/bin/env bash
# Software: StackExchange.Redis 2.13.17 (NuGet), Redis 7.0.15 (Debian redis-server).
# Expected: the handler of one subscription gets the messages of one channel one after the other, in the order in which Redis sent them.
# Happens:  SubscribeAsync(channel, handler) starts a handler for each message on the thread pool: the second runs while the first is still at work, and may end before it.
#           The messages of SubscribeAsync(channel).OnMessage are handled one by one.
# Matters:  states that are applied as they come end with the wrong one, the older, only under load, and only sometimes; a list without a lock breaks.
set -euo pipefail
dir=$(mktemp -d); trap 'kill $(cat redis.pid 2>/dev/null) 2>/dev/null || true; cd /; rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
command -v redis-server >/dev/null || apt-get install -y --no-install-recommends redis-server >/dev/null
redis-server --version | grep -q 'v=7.0.15' || { echo "$(redis-server --version), this was seen on 7.0.15"; exit 1; }
redis-server --port 19302 --bind 127.0.0.1 --save '' --daemonize yes --pidfile "$dir/redis.pid" --logfile "$dir/redis.log" >/dev/null

cat > order.cs <<'E'
#:package StackExchange.Redis@2.13.17
#:property PublishAot=false
#:property InvariantGlobalization=true
using StackExchange.Redis;
using var redis = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:19302,abortConnect=false");
var subscriber = redis.GetSubscriber();
foreach (var way in new[] { "handler", "OnMessage" })
{
    var channel = RedisChannel.Literal(way);
    var ended = new List<string>();
    using var second = new ManualResetEventSlim();
    using var both = new CountdownEvent(2);
    void Handle(RedisValue state)
    {
        if (state == "running") second.Wait(3000);
        else second.Set();
        lock (ended) ended.Add(state!);
        both.Signal();
    }
    if (way == "handler") await subscriber.SubscribeAsync(channel, (_, state) => Handle(state));
    else (await subscriber.SubscribeAsync(channel)).OnMessage(m => Handle(m.Message));
    foreach (var state in new[] { "running", "failed" }) await subscriber.PublishAsync(channel, state);
    both.Wait(10_000);
    Console.WriteLine($"{way}: sent running, failed; handled {string.Join(", ", ended)}");
}
E
cat > expected <<'E'
handler: sent running, failed; handled failed, running
OnMessage: sent running, failed; handled running, failed
E
dotnet run order.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the library calls handlers otherwise than noted"; exit 1; }
