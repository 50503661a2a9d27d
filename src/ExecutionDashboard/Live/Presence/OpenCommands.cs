using System.Collections.Immutable;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Presence;

namespace ExecutionDashboard.Live.Presence;

/// <summary>
/// Which commands are about to be given in the tabs of this process, and, as the feed tells, in those of others. Raises <see cref="Topics.Presence"/>. Any thread reads and writes.
/// </summary>
public sealed class OpenCommands(LiveSignals signals, TimeProvider time)
{
    // Ids of this process begin with it: what the feed says of them is an echo.
    private readonly string _process = $"{Guid.NewGuid():N}";
    private readonly Lock _gate = new();
    private ImmutableList<Entry> _own = [];
    private ImmutableHashSet<object> _away = [];
    private IReadOnlyList<IntendedCommand> _others = [];
    private long _version = -1;
    private long _number;
    private TaskCompletionSource _changed = New();

    /// <summary>Those of this process whose tabs are connected, oldest first, at most <see cref="PresenceLimits.PerDashboard"/>.</summary>
    internal IReadOnlyList<IntendedCommand> Own
    {
        get
        {
            lock (_gate) return [.. _own.Where(e => !_away.Contains(e.Tab)).Select(e => e.Command).Take(PresenceLimits.PerDashboard)];
        }
    }

    /// <summary>Completes when <see cref="Own"/> changes; taken before that is read, nothing is missed.</summary>
    internal Task Changed
    {
        get { lock (_gate) return _changed.Task; }
    }

    /// <summary>All but those of one tab, oldest first. What is not the viewer's to see is left out by <see cref="Operations.Presence.CommandPresence"/>.</summary>
    internal IReadOnlyList<IntendedCommand> Except(object tab)
    {
        lock (_gate) return [.. _own.Where(e => e.Tab != tab && !_away.Contains(e.Tab)).Select(e => e.Command).Concat(_others).OrderBy(c => c.Since)];
    }

    /// <summary>Somebody begins to ask for a command, until the result is disposed.</summary>
    /// <param name="tab">Where.</param>
    /// <param name="command">The command; its id and time are set here.</param>
    public IDisposable Open(object tab, IntendedCommand command)
    {
        Entry entry;
        lock (_gate)
        {
            entry = new(this, tab, command with { Id = $"{_process}:{++_number}", Since = time.GetUtcNow() });
            _own = _own.Add(entry);
            Tell();
        }
        signals.Raise(Topics.Presence);
        return entry;
    }

    /// <summary>Whether a tab is connected. Without a connection nobody can press its buttons.</summary>
    public void SetConnected(object tab, bool connected)
    {
        lock (_gate)
        {
            var away = connected ? _away.Remove(tab) : _away.Add(tab);
            if (ReferenceEquals(away, _away)) return;
            _away = away;
            if (_own.All(e => e.Tab != tab)) return;
            Tell();
        }
        signals.Raise(Topics.Presence);
    }

    /// <summary>A tab is gone.</summary>
    public void Forget(object tab)
    {
        lock (_gate)
        {
            _away = _away.Remove(tab);
            var left = _own.RemoveAll(e => e.Tab == tab);
            if (left == _own) return;
            _own = left;
            Tell();
        }
        signals.Raise(Topics.Presence);
    }

    /// <summary>Takes what the feed says.</summary>
    internal void Take(PresenceList all)
    {
        lock (_gate)
        {
            // Answers and calls may overtake each other.
            if (all.Version < _version) return;
            _version = all.Version;
            IReadOnlyList<IntendedCommand> others = [.. all.Commands.Where(c => !c.Id.StartsWith(_process + ":", StringComparison.Ordinal)).Select(c => c with { By = ShownText.Of(c.By) })];
            if (others.SequenceEqual(_others)) return;
            _others = others;
        }
        signals.Raise(Topics.Presence);
    }

    /// <summary>The feed is gone: what others do is not known.</summary>
    internal void Lose()
    {
        lock (_gate)
        {
            _version = -1;
            if (_others.Count == 0) return;
            _others = [];
        }
        signals.Raise(Topics.Presence);
    }

    private void Close(Entry entry)
    {
        lock (_gate)
        {
            var left = _own.Remove(entry);
            if (left == _own) return;
            _own = left;
            Tell();
        }
        signals.Raise(Topics.Presence);
    }

    private void Tell()
    {
        (var told, _changed) = (_changed, New());
        told.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Entry(OpenCommands all, object tab, IntendedCommand command) : IDisposable
    {
        public object Tab { get; } = tab;
        public IntendedCommand Command { get; } = command;

        public void Dispose() => all.Close(this);
    }
}
