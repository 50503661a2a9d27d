namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// Tells texts that come back from the address, because they were typed, from other ones. More letters may have been typed since, so a box ignores the former.
/// </summary>
internal sealed class TypedEcho
{
    private readonly Queue<string> _sent = [];
    private string _given = "";

    /// <summary>Whether the text of the address is another one than those that were typed.</summary>
    public bool IsOther(string text)
    {
        if (text == _given) return false;
        _given = text;
        if (_sent.Contains(text))
        {
            while (_sent.Dequeue() != text) { }
            return false;
        }
        _sent.Clear();
        return true;
    }

    /// <summary>Notes a text that is sent; false when it is the last one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shown">The text of the address.</param>
    /// <param name="before">The text before it.</param>
    public bool Send(string text, string shown, out string before)
    {
        before = _sent.Count > 0 ? _sent.Last() : shown;
        if (text == before) return false;
        _sent.Enqueue(text);
        return true;
    }
}
