using ExecutionDashboard.Fleet;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Limits;

/// <summary>Counts open tabs per client and in total, within the limits. Safe for concurrent use.</summary>
internal sealed class CircuitQuota(IOptions<LimitsOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Number of open tabs.</summary>
    public int Taken
    {
        get { lock (_gate) return _all; }
    }

    /// <summary>The limit that a client has reached; null if it can open a tab.</summary>
    /// <param name="client">See <see cref="ClientAddress"/>.</param>
    public LimitExceeded? Full(string client)
    {
        lock (_gate) return Met(client);
    }

    /// <summary>Counts a tab. Null on success, in which case <see cref="Leave"/> must be called later; else the limit reached.</summary>
    /// <param name="client">See <see cref="ClientAddress"/>.</param>
    public LimitExceeded? Take(string client)
    {
        lock (_gate)
        {
            if (Met(client) is { } met) return met;
            _taken[client] = _taken.GetValueOrDefault(client) + 1;
            _all++;
            return null;
        }
    }

    /// <summary>Ends a tab.</summary>
    /// <param name="client">The client of the tab.</param>
    public void Leave(string client)
    {
        lock (_gate)
        {
            _all--;
            if (--_taken[client] == 0) _taken.Remove(client);
        }
    }

    private LimitExceeded? Met(string client)
    {
        var limits = options.Value;
        return _taken.GetValueOrDefault(client) >= limits.CircuitsPerAddress ? LimitExceeded.CircuitsPerAddress(limits.CircuitsPerAddress)
            : _all >= limits.Circuits ? LimitExceeded.Circuits(limits.Circuits)
            : null;
    }
}

/// <summary>
/// Admits connections of tabs within the limits, for all transports and before anything is allocated for them. A connection has at most one circuit, because the
/// framework refuses a second one.
/// </summary>
internal sealed class CircuitQuotaFilter(CircuitQuota places) : IHubFilter
{
    private static readonly object Place = new();

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var client = ClientAddress.Of(context.Context.GetHttpContext());
        if (places.Take(client) is { } met)
        {
            LimitMetric.Met(met.Name);
            throw new HubException($"{met.Message} ({met.Setting})");
        }
        context.Context.Items[Place] = client;
        await next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        // The only sign of the framework's own check of Limits:CircuitMessageBytes is this exception.
        if (exception is InvalidDataException tooLong && tooLong.Message.StartsWith("The maximum message size of", StringComparison.Ordinal)) LimitMetric.Met("circuit_message_bytes");
        if (context.Context.Items.Remove(Place, out var client)) places.Leave((string)client!);
        await next(context, exception);
    }
}
