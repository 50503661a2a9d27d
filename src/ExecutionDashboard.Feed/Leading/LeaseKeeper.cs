using System.Data.Common;
using System.Globalization;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed.Leading;

/// <summary>Keeps the lease of a feed that leads, and gives it up.</summary>
internal sealed partial class LeaseKeeper(IServiceProvider services, Leadership leadership, StatusBoard board, IOptions<FeedOptions> options, TimeProvider time, ILogger<LeaseKeeper> logger)
{
    // Three of four renewals may fail.
    private const int RenewalsInLease = 4;

    private LeaderClaim? _claim;

    /// <summary>This feed: its machine and port, and its address. Known once it listens.</summary>
    public LeaderClaim Claim
    {
        get
        {
            if (_claim is { } known) return known;
            var listening = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            var own = listening.Select(ReachableFrom).OfType<Uri>().OrderBy(u => u.Scheme == Uri.UriSchemeHttp ? 0 : 1).FirstOrDefault();
            leadership.Share(options.Value.Lease);
            var name = $"{Environment.MachineName}:{(own?.Port ?? Environment.ProcessId).ToString(CultureInfo.InvariantCulture)}";
            board.Update(s => s with { Feed = name });
            return _claim = new(name, (options.Value.PublicUrl ?? own)?.ToString() ?? "", options.Value.Lease);
        }
    }

    /// <summary>Renews the lease until the term ends; ends it when another feed leads.</summary>
    public async Task RenewAsync(LeaderLease lease, CancellationTokenSource term)
    {
        var every = options.Value.Lease / RenewalsInLease;
        while (true)
        {
            await Task.Delay(every, time, term.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (term.IsCancellationRequested) return;
            var askedAt = time.GetTimestamp();
            var renewal = Task.Run(lease.Renew);
            // A database that is cut off answers late, if at all: the lease runs out meanwhile.
            while (await Task.WhenAny(renewal, Task.Delay(every, time)) != renewal) TellDoubt();
            try
            {
                if (!await renewal)
                {
                    await term.CancelAsync();
                    return;
                }
                leadership.Renewed(askedAt);
                if (leadership.IsSure) board.Update(s => s with { IsStandby = false, Leader = Claim.Name, LeaderAddress = Claim.Address });
            }
            catch (DbException e)
            {
                LogNotRenewed(logger, StorageErrors.Reason(e));
                TellDoubt();
            }
        }
    }

    /// <summary>Gives the lead up.</summary>
    public void Release(LeaderLease lease)
    {
        try
        {
            lease.Release();
        }
        catch (DbException e)
        {
            LogNotReleased(logger, StorageErrors.Reason(e));
        }
    }

    /// <summary>An address under which other machines reach this one, as far as it is known here.</summary>
    internal static Uri? ReachableFrom(string listening)
    {
        var named = listening.Replace("://+", $"://{Environment.MachineName}", StringComparison.Ordinal).Replace("://*", $"://{Environment.MachineName}", StringComparison.Ordinal)
            .Replace("://0.0.0.0", $"://{Environment.MachineName}", StringComparison.Ordinal).Replace("://[::]", $"://{Environment.MachineName}", StringComparison.Ordinal);
        return Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
    }

    // Until the database answers, another feed may lead: dashboards look for it.
    private void TellDoubt()
    {
        if (!leadership.IsLeaseValid) board.Update(s => s with { IsStandby = true, Leader = "", LeaderAddress = "" });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of the lead could not be renewed ({Reason}); trying again")]
    private static partial void LogNotRenewed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lead could not be given up ({Reason}): another feed takes it when the lease ends")]
    private static partial void LogNotReleased(ILogger logger, string reason);
}
