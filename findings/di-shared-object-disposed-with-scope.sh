#!/usr/bin/env bash
# Software: Microsoft.Extensions.DependencyInjection of .NET 10.0 (seen on 10.0.12).
# Expected: a singleton lives as long as the container, whichever name it is asked for by.
# Happens:  if an interface is registered as transient or scoped by a factory that hands out the singleton, each scope disposes the singleton at its end: the container
#           keeps what a factory returns without looking whether it made it. Registered as a singleton by the same factory it is disposed at the end, but then twice.
# Matters:  a second interface for a shared client works for the first request of a page, and each later one finds it disposed.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > share.cs <<'E'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
foreach (var lifetime in Enum.GetValues<ServiceLifetime>())
{
    IServiceCollection services = new ServiceCollection();
    services.AddSingleton<Client>();
    services.Add(new ServiceDescriptor(typeof(IFeed), provider => provider.GetRequiredService<Client>(), lifetime));
    var container = services.BuildServiceProvider();
    var client = container.GetRequiredService<Client>();
    for (var page = 1; page <= 2; page++)
    {
        using (var scope = container.CreateScope()) scope.ServiceProvider.GetRequiredService<IFeed>();
        Console.WriteLine($"{lifetime}: disposed {client.Disposed} times after page {page}");
    }
    container.Dispose();
    Console.WriteLine($"{lifetime}: disposed {client.Disposed} times at the end");
}

interface IFeed;
sealed class Client : IFeed, IDisposable
{
    public int Disposed { get; private set; }
    public void Dispose() => Disposed++;
}
E
cat > expected <<'E'
Singleton: disposed 0 times after page 1
Singleton: disposed 0 times after page 2
Singleton: disposed 2 times at the end
Scoped: disposed 1 times after page 1
Scoped: disposed 2 times after page 2
Scoped: disposed 3 times at the end
Transient: disposed 1 times after page 1
Transient: disposed 2 times after page 2
Transient: disposed 3 times at the end
E
dotnet build share.cs -v quiet -o out >/dev/null
dotnet out/share.dll > seen
cat seen
diff expected seen || { echo "CHANGED: the container disposes otherwise than noted"; exit 1; }
