namespace ExecutionDashboard.Components.Shared.Lists;

/// <summary>
/// Tells texts that come back from the address, because they were typed, from other ones. More letters may have been typed since, so a box ignores the former.
/// The time that a page takes for one sets the pause after which the next text is applied: a fast page follows each letter, a slow one is asked for whole words.
/// </summary>
internal sealed class TypedEcho(TimeProvider time)
{
    /// <summary>The shortest pause: less than the time between two keys of a fast typist.</summary>
    internal static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(25);
    /// <summary>The longest pause: after more, a page seems not to react.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private readonly Queue<(string Text, long At)> _sent = [];
    private string _given = "";

    /// <summary>How long nothing must be typed before a text is applied: as long as the last text took to come back.</summary>
    public TimeSpan Pause { get; private set; } = ShortestPause;

    /// <summary>Whether the text of the address is another one than those that were typed.</summary>
    public bool IsOther(string text)
    {
        if (text == _given) return false;
        _given = text;
        if (_sent.Any(sent => sent.Text == text))
        {
            (string Text, long At) echo;
            do echo = _sent.Dequeue();
            while (echo.Text != text);
            var took = time.GetElapsedTime(echo.At);
            Pause = took < ShortestPause ? ShortestPause : took > LongestPause ? LongestPause : took;
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
        before = _sent.Count > 0 ? _sent.Last().Text : shown;
        if (text == before) return false;
        _sent.Enqueue((text, time.GetTimestamp()));
        return true;
    }
}
