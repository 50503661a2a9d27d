using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using ExecutionDashboard.Components.Shared.Text;

namespace ExecutionDashboard.Tests.Components.Shared.Text;

/// <summary>Links in external texts.</summary>
public sealed partial class LinkedTests
{
    private static readonly string[] Parts =
        ["https://runbooks.test/disk", "http://a.test", "HTTPS://B.test/x?y=1&z=<", "javascript:alert(1)", "ftp://a.test", "https://user@evil.test/", "https://", "http", "<b>", "\"", "&", " ", ".", "(", ")", "https://a.test/ä", "•••", "'", "data:text/html,x", "\n"];

    [Theory]
    [InlineData("See https://runbooks.test/disk-full.", "https://runbooks.test/disk-full")]
    [InlineData("(see https://wiki.test/Disk_(full))", "https://wiki.test/Disk_(full)")]
    [InlineData("<https://a.test/x?a=1&b=2#c>, http://b.test:8080", "https://a.test/x?a=1&b=2#c http://b.test:8080")]
    [InlineData("javascript:alert(1) file:///etc/passwd ftp://a.test xhttp://a.test", "")]
    [InlineData("https://bank.test@evil.test/ https:// http://", "")]
    [InlineData("https://bänk.test/", "")]
    [InlineData("https://user:hunter2@a.test/x", "")]
    public void Text_Addresses_AreLinksOnlyToWebPages(string text, string links) =>
        Assert.Equal(links, string.Join(' ', Link().Matches(Linked.Text(text).Value).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value))));

    [Fact]
    public void Of_AnyText_ReadsAsBeforeAndEveryLinkIsSafe() => Gen.Int[0, Parts.Length - 1].Array[0, 8].Sample(chosen =>
    {
        var text = string.Concat(chosen.Select(i => Parts[i]));
        var markup = Linked.Of(text).Value;
        var links = Link().Matches(markup);

        Assert.Equal(text, WebUtility.HtmlDecode(Tag().Replace(markup, "")));
        Assert.Equal(links.Count, Tag().Count(markup) / 2);
        Assert.All(links, link => Assert.True(Uri.TryCreate(WebUtility.HtmlDecode(link.Groups[1].Value), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0));
    }, iter: 2_000);

    [GeneratedRegex("""<a href="([^"<>]*)" target="_blank" rel="noopener noreferrer nofollow">""")]
    private static partial Regex Link();

    [GeneratedRegex("</?[a-z][^<>]*>")]
    private static partial Regex Tag();
}
