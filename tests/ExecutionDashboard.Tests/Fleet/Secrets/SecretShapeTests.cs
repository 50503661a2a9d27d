using CsCheck;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Tests.Fleet.Secrets;

/// <summary>Secrets at places that no schema marks, by their shape.</summary>
public sealed class SecretShapeTests
{
    private const string Planted = "S3cr3tQq77";

    [Fact]
    public void EveryShape_ComesThroughNowhere_ButForFiveInAHundred()
    {
        var through = PipelineFields.Shapes.Where(shape => PipelineFields.ComesThrough(shape[2], PipelineFields.Planted(shape[2])));
        // None is left.
        Assert.Empty(through.Select(shape => $"{shape[0]}: {shape[1]}"));
        Assert.Equal(157, PipelineFields.Shapes.Count);
    }

    [Fact]
    public void EveryShape_MaskedTwice_IsTheSame()
    {
        foreach (var shape in PipelineFields.Shapes) Assert.Equal(SecretMask.Mask(shape[2]), SecretMask.Mask(SecretMask.Mask(shape[2])));
    }

    /// <summary>Texts with a secret, each of a kind: names in headers and queries, addresses, connection strings, arguments, SQL, code, documents in a text.</summary>
    [Theory]
    [MemberData(nameof(Texts))]
    public void MaskText_ASecret_IsHidden(string text)
    {
        var masked = SecretMask.MaskText(text);
        Assert.DoesNotContain(Planted, masked);
        Assert.Contains(SecretMask.Hidden, masked);
        Assert.Equal(masked, SecretMask.MaskText(masked));
        Assert.DoesNotContain(Planted, SecretMask.MaskText("at 10:00 " + text));
    }

    public static TheoryData<string> Texts() => [.. PipelineFields.Cases("secret-texts.txt").Select(line => line.Replace("\\n", "\n", StringComparison.Ordinal))];

    /// <summary>Specs of components, names and places that the tables do not have.</summary>
    [Fact]
    public void EverySpecOfNoTable_ASecretInIt_ComesThroughNowhere() => Assert.All(PipelineFields.Cases("secret-specs.txt"), spec =>
    {
        Assert.All(PipelineFields.Outlets(spec), text => Assert.DoesNotContain(Planted, text));
        Assert.Equal(SecretMask.Mask(spec), SecretMask.Mask(SecretMask.Mask(spec)));
    });

    /// <summary>Tokens as vendors make them, put together here so that no file of the repository has one.</summary>
    [Fact]
    public void Mask_TokenOfAKnownVendor_IsHiddenUnderAnyName()
    {
        const string mixed = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA2bC4dE6fG8hJ0kL2mN4pQ6rS8tU0vW2xY4zA6", hex = "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90";
        string[] tokens =
        [
            "ghp" + "_" + mixed[..36], "glpat" + "-" + mixed[..20], "xapp" + "-1-A012-123-" + mixed[..30], "AKIA" + "ABCDEFGH12345678", "AIza" + mixed[..35], "sk_live" + "_" + mixed[..24], "sk" + "-proj-" + mixed,
            "npm" + "_" + mixed[..36], "pypi" + "-AgEI" + mixed[..40], "hf" + "_" + mixed[..34], "SG" + "." + mixed[..22] + "." + mixed[..43], "dop_v1" + "_" + hex, "hvs" + "." + mixed, "shpat" + "_" + hex[..32],
            "lin_api" + "_" + mixed[..40], "ya29" + "." + mixed, "dapi" + hex[..32], "glsa" + "_" + mixed[..32] + "_a1b2c3d4", "SK" + hex[..32], "key" + "-" + hex[..32], "whsec" + "_" + mixed[..32], "dp.st" + ".prd." + mixed[..40],
            "NRAK" + "-ABCDEFGH1234567890ABCDEFGHI", "PMAK" + "-" + hex[..24] + "-" + hex[..34], "figd" + "_" + mixed[..40], "tskey" + "-auth-" + mixed[..30], "sq0atp" + "-" + mixed[..22], "xkeysib" + "-" + hex + "-" + mixed[..16],
            "$2b$12$" + mixed[..53], "$argon2id$v=19$m=65536,t=3,p=4$" + mixed[..22] + "$" + mixed[..43], "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxIn0." + mixed[..43], "123456789" + ":AA" + mixed[..33],
            "AGE-SECRET-KEY" + "-1QPZRY9X8QPZRY9X8QPZRY9X8QPZRY9X8QPZRY9X8", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" + mixed, "LS0tLS1CRUdJTiBQUklWQVRF" + mixed[..20], mixed[..20] + "/" + mixed[..19],
        ];
        foreach (var token in tokens)
        {
            Assert.True(!SecretMask.Mask($$$"""{"x":{"value":"{{{token}}}"}}""").Contains(token[..^4], StringComparison.Ordinal), token);
            Assert.True(!SecretMask.MaskText($"root = this\nlet k = \"{token}\"").Contains(token[..^4], StringComparison.Ordinal), token);
            Assert.True(!SecretMask.MaskText($"refused {token} of host").Contains(token[..^4], StringComparison.Ordinal), token);
        }
    }

    [Theory]
    [InlineData("""{"x":{"id":"0195d3f0-7c1a-7b1e-8f3a-123456789abc","sha":"da39a3ee5e6b4b0d3255bfef95601890afd80709","path":"/var/lib/app/data/2026/01/01/file.json"}}""")]
    [InlineData("""{"x":{"image":"ghcr.io/acme/app:1.2.3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","contact":"mailto:bob@example.com"}}""")]
    [InlineData("""{"x":{"args":["docker","run","-p","8080:80","-k","-a","all"],"more":["mkdir","-p","/tmp/x"],"curl":["-k","https://h/x","-u","bob"]}}""")]
    [InlineData("""{"x":{"url":"https://docs.example.com/webhooks/github?page=2&code=404"}}""")]
    public void Mask_WhatLooksLikeASecretAndIsNone_Stays(string json) => Assert.Equal(json, SecretMask.Mask(json));

    [Fact]
    public void Mask_KeyAsAListOfLines_HidesItsLines() => Assert.Equal(
        """{"x":["a","•••","•••","•••","b"],"y":["•••","•••"],"z":["- a","P"]}""",
        SecretMask.Mask("""{"x":["a","-----BEGIN PRIVATE KEY-----","MIIabc","-----END PRIVATE KEY-----","b"],"y":["PuTTY-User-Key-File-3: ssh-rsa","abc"],"z":["- a","P"]}"""));

    [Fact]
    public void MaskText_AnyText_DoesNotThrowAndIsTheSameTwice()
    {
        string[] parts =
        [
            "password", "token", "key", "auth", "root.", "let ", "meta ", " ", "\n", "  ", "- ", ":", "=", "==", "!=", "=>", "\"", "'", "\\", "(", ")", "{", "}", "[", "]", "${", "${!", "{{", "}}", "://", "@", "/", "?", "&", "#", ";", ",", ".or(", "else", "-p", "--user ", "bob",
            Planted, "x1", "Bearer ", "IDENTIFIED BY ", "•••", "-----BEGIN A-----", "eyJ", "hash(", ".encode(\"base64\")", "value", "name", "$", "\r", "|", ">", "é", "\ud83d",
        ];
        Gen.Int[0, parts.Length - 1].Array[0, 24].Sample(chosen =>
        {
            var text = string.Concat(chosen.Select(i => parts[i]));
            var masked = SecretMask.MaskText(text);
            Assert.Equal(masked, SecretMask.MaskText(masked));
        }, iter: 5_000);
    }

    [Fact]
    public void MaskText_LongTexts_TakeTimeInProportion()
    {
        // Each would not end within the test run if some rule began anew at each of its parts.
        string[] parts =
        [
            "password=", "\"password\":\"x\",", "password: \"", "${A:", "${!", "{{ ", "://", "a:b@", "://a:1/", "eyJ-", "cp_", "x == \"", "!= '", "root.password = ", "hash(", ".or(\"", "-p ", "--password ", "IDENTIFIED BY '", "Bearer ", "key: |\n ", "?key=", "/hooks/a", "INSERT INTO t (a) VALUES (",
            "{ \"", "password:\n", "name: password, ", "\"a:\" + ", "<password>", "login a password ", "A", "-----BEGIN ", "PuTTY-User-Key-File", "token => ", "a/", "password: ",
        ];
        foreach (var part in parts) Assert.NotEmpty(SecretMask.MaskText(string.Concat(Enumerable.Repeat(part, 60_000 / part.Length))));
    }
}
