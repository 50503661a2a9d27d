using System.Text;
using CsCheck;
using ExecutionDashboard.ControlPlane.Http;

namespace ExecutionDashboard.Tests.ControlPlane.Http;

public sealed class SecretEchoesTests
{
    private static readonly Gen<string> Secret = Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/=&%"].Array[8, 80].Select(letters => new string(letters));

    // What servers, proxies and libraries make of a token that they repeat.
    private static readonly Func<string, string>[] Forms =
    [
        s => s, s => s.ToUpperInvariant(), s => s.ToLowerInvariant(), s => s[..8], s => s[..8] + "…", s => s[..Math.Max(8, s.Length / 2)], s => s[^8..], s => "..." + s[^Math.Max(8, s.Length / 2)..],
        Uri.EscapeDataString, Base64, s => Base64("user:" + s), s => Base64("u:" + s), s => Base64("abc:" + s + ":x"), s => Base64(s).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        s => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s)),
    ];

    [Fact]
    public void Hide_AnyFormOfASecret_LeavesNoEightCharactersOfIt() => Gen.Select(Secret, Gen.Int[0, Forms.Length - 1], Gen.Char[" x\":=/"]).Sample((secret, form, around) =>
    {
        var repeated = Forms[form](secret);
        var shown = SecretEchoes.Of(secret)!.Hide($"The token {around}{repeated}{around} is not known");
        Assert.StartsWith("The token ", shown, StringComparison.Ordinal);
        Assert.Contains(SecretEchoes.Hidden, shown, StringComparison.Ordinal);
        for (var at = 0; at + 8 <= repeated.Length; at++)
            if (!repeated.AsSpan(at, 8).Contains(' ')) Assert.DoesNotContain(repeated.Substring(at, 8), shown, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("exp_ak_0123456789", "Basic dXNlcjpleHBfYWtfMDEyMzQ1Njc4OQ== refused", "Basic dXNlc[hidden] refused")]
    [InlineData("exp_ak_0123456789", "key EXP_AK_0… is not known", "key [hidden]… is not known")]
    [InlineData("short", "the key short is", "the key [hidden] is")]
    [InlineData("exp_ak_0123456789", "the control plane is not there", "the control plane is not there")]
    public void Hide_Text_TakesOutTheSecretAlone(string secret, string text, string shown) => Assert.Equal(shown, SecretEchoes.Of(secret)!.Hide(text));

    [Fact]
    public void Of_NoSecret_IsNull() => Assert.Null(SecretEchoes.Of(""));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
