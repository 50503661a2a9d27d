using ExecutionDashboard.Fleet.Presence;

namespace ExecutionDashboard.Feed.Presence;

/// <summary>
/// Which commands are about to be given, by the connection of the dashboard that told it. In memory only: after a restart of the feed, dashboards connect and tell it again. Safe for any
/// thread.
/// </summary>
internal sealed class PresenceBoard(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Until, IReadOnlyList<IntendedCommand> Commands)> _told = new(StringComparer.Ordinal);
    private PresenceList _all = new(0, []);
    private TaskCompletionSource _changed = New();

    /// <summary>All commands, oldest first.</summary>
    public PresenceList All
    {
        get { lock (_gate) return _all; }
    }

    /// <summary>The connections that are told of changes.</summary>
    public IReadOnlyList<string> Connections
    {
        get { lock (_gate) return [.. _told.Keys]; }
    }

    /// <summary>Completes at the next change; taken before <see cref="All"/> is read, nothing is missed.</summary>
    public Task Changed
    {
        get { lock (_gate) return _changed.Task; }
    }

    /// <summary>Takes what a dashboard tells, in place of what it told before.</summary>
    public PresenceList Announce(string connection, IReadOnlyList<IntendedCommand> commands)
    {
        lock (_gate)
        {
            _told[connection] = (time.GetUtcNow() + PresenceLimits.Lease, [.. commands.Where(c => c is { Id: not null, Command: not null, TargetId: not null }).Take(PresenceLimits.PerDashboard).Select(Cut)]);
            Gather();
            return _all;
        }
    }

    /// <summary>A dashboard is gone, and its tabs with it.</summary>
    public void Leave(string connection)
    {
        lock (_gate)
        {
            if (_told.Remove(connection)) Gather();
        }
    }

    /// <summary>Drops what was not told again in time: a connection may stay open though nobody is behind it. Returns how long until the next one is due; null without any.</summary>
    public TimeSpan? Expire()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var (connection, told) in _told)
                if (told.Commands.Count > 0 && told.Until <= now) _told[connection] = (told.Until, []);
            Gather();
            return _told.Values.Where(t => t.Commands.Count > 0).Select(t => (TimeSpan?)(t.Until - now)).Min();
        }
    }

    private void Gather()
    {
        IntendedCommand[] commands = [.. _told.Values.SelectMany(t => t.Commands).DistinctBy(c => c.Id).OrderBy(c => c.Since).ThenBy(c => c.Id, StringComparer.Ordinal).Take(PresenceLimits.All)];
        if (commands.SequenceEqual(_all.Commands)) return;
        _all = new(_all.Version + 1, commands);
        (var told, _changed) = (_changed, New());
        told.TrySetResult();
    }

    private static IntendedCommand Cut(IntendedCommand command) => command with
    {
        Id = Cut(command.Id, PresenceLimits.Id), By = Cut(command.By ?? "", PresenceLimits.Name), Command = Cut(command.Command, PresenceLimits.Name), TargetId = Cut(command.TargetId, PresenceLimits.Id),
        JobId = Cut(command.JobId ?? "", PresenceLimits.Id),
    };

    private static string Cut(string text, int longest) => text.Length > longest ? text[..longest] : text;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
