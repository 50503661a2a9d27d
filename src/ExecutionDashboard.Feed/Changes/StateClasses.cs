using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Feed.Changes;

/// <summary>What a state of an execution says.</summary>
internal enum StateClass : byte
{
    /// <summary>Neither: on its way, stopped, or removed.</summary>
    None,
    /// <summary>Failed or lost.</summary>
    Bad,
    /// <summary>Running or completed.</summary>
    Good,
}

/// <summary>Classes of states by the keys of their texts. There are few states, so each is read once. Used by one thread.</summary>
/// <param name="textOf">The text of a key.</param>
internal sealed class StateClasses(Func<long, string> textOf)
{
    private readonly Dictionary<long, (StateClass Class, bool Connected)> _known = [];

    /// <summary>The class of an execution's state.</summary>
    public StateClass Of(long state) => Known(state).Class;

    /// <summary>Whether a node's connection is one.</summary>
    public bool IsConnected(long state) => Known(state).Connected;

    private (StateClass Class, bool Connected) Known(long state)
    {
        if (_known.TryGetValue(state, out var known)) return known;
        var text = textOf(state);
        return _known[state] = (
            ExecutionState.Parse(text).Known switch
            {
                KnownExecutionState.Failed or KnownExecutionState.Lost => StateClass.Bad,
                KnownExecutionState.Running or KnownExecutionState.Completed => StateClass.Good,
                _ => StateClass.None,
            }, text.Equals("connected", StringComparison.OrdinalIgnoreCase));
    }
}
