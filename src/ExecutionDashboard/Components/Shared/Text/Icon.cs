using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>Icons of the icon sheet.</summary>
public static class Icon
{
    private static readonly ConcurrentDictionary<string, MarkupString> Known = new(StringComparer.Ordinal);

    /// <summary>A decorative icon, hidden from screen readers.</summary>
    /// <param name="name">Its name, without its prefix; never external text.</param>
    public static MarkupString Of(string name) => Known.GetOrAdd(name, static n => Markup.Of($"""<svg class="icon" aria-hidden="true"><use href="#i-{n}"></use></svg>"""));
}
