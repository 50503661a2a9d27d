using System.Text.RegularExpressions;

namespace ExecutionDashboard.Tests.Deploy;

/// <summary>Names of images.</summary>
internal static partial class ImageName
{
    /// <summary>A name has an exact version: nothing that moves, such as <c>latest</c>, <c>15</c> or no tag at all.</summary>
    public static void IsPinned(string image) => Assert.Matches(Pinned(), image);

    [GeneratedRegex(@"^[a-z0-9./-]+:\d+\.\d+(\.\d+)?(-[a-z0-9.]+)?(@sha256:[0-9a-f]{64})?$")]
    private static partial Regex Pinned();
}
