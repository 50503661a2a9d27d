using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace ExecutionDashboard.Components.Shared.Text;

/// <summary>Icons of the page's sheet.</summary>
public static class Icon
{
    private static readonly ConcurrentDictionary<string, MarkupString> Known = new(StringComparer.Ordinal);

    /// <summary>An icon, which says nothing to who cannot see it.</summary>
    /// <param name="name">Name on the sheet, without its prefix; never a text that was sent.</param>
    public static MarkupString Of(string name) => Known.GetOrAdd(name, static n => Markup.Of($"""<svg class="icon" aria-hidden="true"><use href="#i-{n}"></use></svg>"""));
}
