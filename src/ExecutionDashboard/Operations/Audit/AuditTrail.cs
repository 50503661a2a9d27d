using System.Threading.Channels;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Audit;

namespace ExecutionDashboard.Operations.Audit;

/// <summary>
/// Writes entries into the audit, for the whole process. An act that sends something is written first and only sent when it is stored; what came of it follows in the order in which it
/// was told, and is tried again until it is stored.
/// </summary>
/// <remarks>
/// When the audit cannot be written, what would be sent is refused: an auditor can live with a command that had to be given at the control plane itself, which has a log of its own, but not
/// with one that left no trace. Sign-ins, sign-outs and what came of acts wait instead: looking at a fleet in trouble must not depend on it, and what is done cannot be undone.
/// </remarks>
public sealed partial class AuditTrail(IAuditLog log, TimeProvider time, ILogger<AuditTrail> logger) : BackgroundService
{
    /// <summary>Most entries that wait; further ones are lost, and the program's log says so with each.</summary>
    public const int MostWaiting = 20_000;

    private const int Batch = 500;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1), LastWait = TimeSpan.FromSeconds(3);

    private readonly Channel<AuditEntry> _waiting = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private int _unsent;

    /// <summary>Entries that wait until the audit can be written.</summary>
    public int Waiting => _waiting.Reader.Count + Volatile.Read(ref _unsent);

    /// <summary>Stores the entry of an act that is about to be sent.</summary>
    /// <returns>Its number, or why it was not stored: then nothing may be sent.</returns>
    public async Task<(long Number, string? Problem)> StoreAsync(AuditEntry entry, CancellationToken cancel)
    {
        var (numbers, problem) = await log.StoreAsync([Clean(entry)], cancel);
        return numbers is [var number] ? (number, null) : (0, problem ?? "The feed sent no answer.");
    }

    /// <summary>Stores an entry soon, in order with others.</summary>
    public void Follow(AuditEntry entry)
    {
        if (!_waiting.Writer.TryWrite(Clean(entry))) LogLost(logger, entry.Action, entry.Target.Id, entry.Outcome, entry.Act);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = "";
        while (await HasMoreAsync(stoppingToken))
        {
            var batch = new List<AuditEntry>();
            while (batch.Count < Batch && _waiting.Reader.TryRead(out var entry)) batch.Add(entry);
            Volatile.Write(ref _unsent, batch.Count);
            while (true)
            {
                var problem = await StoreAsync(batch, stoppingToken);
                if (problem is null) break;
                if (problem != told) LogWaiting(logger, Waiting, problem);
                told = problem;
                if (stoppingToken.IsCancellationRequested)
                {
                    foreach (var entry in batch) LogLost(logger, entry.Action, entry.Target.Id, entry.Outcome, entry.Act);
                    break;
                }
                await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            Volatile.Write(ref _unsent, 0);
            told = "";
        }
    }

    // What waits when the program ends is tried once more.
    private async Task<string?> StoreAsync(IReadOnlyList<AuditEntry> batch, CancellationToken stop)
    {
        using var last = stop.IsCancellationRequested ? new CancellationTokenSource(LastWait, time) : null;
        try
        {
            var (numbers, problem) = await log.StoreAsync(batch, last?.Token ?? stop);
            return numbers is null ? problem ?? "The feed sent no answer." : null;
        }
        catch (OperationCanceledException)
        {
            return "The program ends.";
        }
    }

    private async Task<bool> HasMoreAsync(CancellationToken stop)
    {
        try
        {
            return await _waiting.Reader.WaitToReadAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return _waiting.Reader.Count > 0;
        }
    }

    /// <summary>The entry without secrets, controls and what is too long: it is kept for years, and shown as it is.</summary>
    internal static AuditEntry Clean(AuditEntry entry) => entry with
    {
        Who = Cut(entry.Who, AuditLimits.Name), Role = Cut(entry.Role, AuditLimits.Name), From = Cut(entry.From, AuditLimits.Name),
        Target = new(entry.Target.Kind, Cut(entry.Target.Id, AuditLimits.Name), Cut(entry.Target.Name, AuditLimits.Name)),
        Numbers = Cut(entry.Numbers, AuditLimits.Text), Reason = Cut(entry.Reason, AuditLimits.Text), Answer = Cut(entry.Answer, AuditLimits.Text),
    };

    private static string Cut(string text, int longest)
    {
        var shown = ShownText.Of(text);
        return (shown.Length > longest ? shown[..(longest - 1)] + "…" : shown).Replace('\0', ' ');
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit cannot be written: {Reason} {Count} entries wait, and no command is sent until it can")]
    private static partial void LogWaiting(ILogger logger, int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "An entry of the audit was lost: {Action} of {Target}, {Outcome} (act {Act})")]
    private static partial void LogLost(ILogger logger, string action, string target, AuditOutcome outcome, string act);
}
