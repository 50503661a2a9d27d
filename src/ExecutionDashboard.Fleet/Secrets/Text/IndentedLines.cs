namespace ExecutionDashboard.Fleet.Secrets.Text;

/// <summary>Lines of a text that belong to a name by their indentation.</summary>
internal static class IndentedLines
{
    /// <summary>End of the lines below a name that are indented deeper than it; the end of the name's line without any.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Start of the name.</param>
    /// <param name="end">End of its line.</param>
    /// <param name="listsCount">Whether list entries at the indentation of the name belong to it.</param>
    public static int EndBelow(string text, int name, int end, bool listsCount)
    {
        var line = name;
        while (line > 0 && text[line - 1] is not '\n') line--;
        var first = line;
        while (first < name && text[first] is ' ' or '\t' or '-') first++;
        var (column, kept) = (first - line, end);
        for (var at = end; at < text.Length;)
        {
            var start = text.IndexOf('\n', at) + 1;
            if (start == 0) break;
            var content = start;
            while (content < text.Length && text[content] is ' ' or '\t') content++;
            var next = content;
            while (next < text.Length && text[next] is not ('\r' or '\n')) next++;
            if (next == content)
            {
                // An empty line belongs to the text after it.
                if (next >= text.Length) break;
                at = next;
                continue;
            }
            var isEntry = listsCount && content - start == column && text[content] == '-' && content + 1 < text.Length && text[content + 1] == ' ';
            if (content - start <= column && !isEntry) break;
            kept = at = next;
        }
        return kept;
    }

    /// <summary>Whether the first of the lines is a name with a value: <c>user: x</c>.</summary>
    public static bool BeginWithName(string text, int start, int end)
    {
        var line = text.AsSpan(start, end - start).TrimStart();
        var stop = line.IndexOfAny('\r', '\n');
        if (stop >= 0) line = line[..stop];
        var i = 0;
        while (i < line.Length && (char.IsLetterOrDigit(line[i]) || line[i] is '_' or '-' or '.' or '"' or '\'')) i++;
        return i > 0 && line[0] != '-' && i < line.Length && line[i] == ':';
    }
}
