#!/usr/bin/env bash
# Software: System.Threading.RateLimiting of .NET 10.0 (seen on 10.0.12), which ASP.NET Core's rate limiting middleware uses.
# Expected: the RetryAfter of a refused lease is the time until there are permits again; the docs name the fixed window, the sliding window and the token bucket as able to tell.
# Happens:  the fixed window and the token bucket name their whole period, however much of it is over. The sliding window lists the metadata and gives none.
# Matters:  a client that obeys the header waits up to twice as long as it has to: refused one second before the next minute, it stays away for another minute. Behind a
#           sliding window it gets no header, and tries again at once.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > limits.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
using System.Threading.RateLimiting;
var period = TimeSpan.FromSeconds(20);
Ask("fixed window", new FixedWindowRateLimiter(new() { PermitLimit = 2, Window = period }));
Ask("token bucket", new TokenBucketRateLimiter(new() { TokenLimit = 2, TokensPerPeriod = 2, ReplenishmentPeriod = period }));
Ask("sliding window", new SlidingWindowRateLimiter(new() { PermitLimit = 2, Window = period, SegmentsPerWindow = 2 }));

void Ask(string name, RateLimiter limiter)
{
    using var _ = limiter;
    limiter.AttemptAcquire(2);
    Thread.Sleep(4000);
    using var refused = limiter.AttemptAcquire();
    Console.WriteLine($"{name} of 20 s, refused 4 s after its begin: acquired {refused.IsAcquired}, lists {string.Join(' ', refused.MetadataNames)}, retry after "
        + (refused.TryGetMetadata(MetadataName.RetryAfter, out var after) ? $"{after.TotalSeconds} s" : "nothing"));
}
E
cat > expected <<'E'
fixed window of 20 s, refused 4 s after its begin: acquired False, lists RETRY_AFTER, retry after 20 s
token bucket of 20 s, refused 4 s after its begin: acquired False, lists RETRY_AFTER, retry after 20 s
sliding window of 20 s, refused 4 s after its begin: acquired False, lists RETRY_AFTER, retry after nothing
E
dotnet run limits.cs > seen
cat seen
diff expected seen || { echo "CHANGED: the limiters answer otherwise than noted"; exit 1; }
