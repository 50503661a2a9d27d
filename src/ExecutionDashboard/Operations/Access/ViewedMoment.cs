using ExecutionDashboard.Fleet.Times;

namespace ExecutionDashboard.Operations.Access;

/// <summary>The address of a tab or of the document that is being written.</summary>
public interface ITabAddress
{
    /// <summary>The address; empty for what has none.</summary>
    string Address { get; }
}

/// <summary>For what has no address.</summary>
public sealed class NoAddress : ITabAddress
{
    /// <inheritdoc/>
    public string Address => "";
}

/// <summary>The moment that the address of a tab or request asks for: see <see cref="MomentAddress"/>. It is read once, when it is first asked for.</summary>
/// <param name="time">The clock: a moment that is a length of time before now is counted from when it is read.</param>
/// <param name="tab">Where the tab is.</param>
public sealed class ViewedMoment(TimeProvider time, ITabAddress tab)
{
    private DateTimeOffset? _at;
    private string _unread = "";
    private bool _isRead;

    /// <summary>The moment, UTC; null for now.</summary>
    public DateTimeOffset? At
    {
        get
        {
            if (!_isRead) Read(MomentAddress.In(tab.Address));
            return _at;
        }
    }

    /// <summary>What the address has and nobody can read; empty when it can be. Now is shown then.</summary>
    public string Unread
    {
        get
        {
            if (!_isRead) Read(MomentAddress.In(tab.Address));
            return _unread;
        }
    }

    /// <summary>Reads the value of an address; empty for none.</summary>
    public void Read(string text)
    {
        _isRead = true;
        if (text.Length == 0) return;
        var now = time.GetUtcNow();
        if (!Moment.TryParse(text, out var moment)) _unread = text.Length <= 60 ? text : text[..60] + "…";
        // What has not come yet is now.
        else if (moment != Moment.Now && moment.Seen(now) is var at && at < now) _at = at;
    }
}
