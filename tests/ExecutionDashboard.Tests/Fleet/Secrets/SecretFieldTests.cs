using System.Text.Json.Nodes;
using CsCheck;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Tests.Fleet.Secrets;

/// <summary>What schemas mark as secret is hidden whatever it looks like and wherever it sits; what only sounds like it can be read.</summary>
public sealed class SecretFieldTests
{
    // Letters and digits, with no hint in its shape.
    private const string Opaque = "k7Qm2Zx9Lw4Tb8Rn";

    private static readonly string[] Plain = ["correct", "basic", "0", "/etc/key.pem", "true", "5m", "eu-west-1"];

    [Fact]
    public void EverySecretField_WithAnOpaqueValue_ComesThroughNowhere() =>
        Assert.Empty(PipelineFields.Secret.Where(field => PipelineFields.ComesThrough(PipelineFields.Spec(field, Opaque), Opaque)).Select(field => field.Path));

    [Fact]
    public void EverySecretField_WithAListAnObjectOrAWord_ComesThroughNowhere()
    {
        Assert.Equal(455, PipelineFields.Secret.Count);
        foreach (var field in PipelineFields.Secret)
        {
            foreach (var value in new JsonNode[] { new JsonArray(Opaque, Opaque), new JsonObject { ["name"] = Opaque, ["deep"] = new JsonArray(new JsonObject { ["user"] = Opaque }) } })
                Assert.DoesNotContain(Opaque, SecretMask.Mask(PipelineFields.Spec(field, value)));
            foreach (var word in Plain)
                Assert.Equal(PipelineFields.Spec(field, SecretMask.Hidden).Replace("\\u2022", "•", StringComparison.Ordinal), SecretMask.Mask(PipelineFields.Spec(field, word)));
            Assert.DoesNotContain("424242", SecretMask.Mask(PipelineFields.Spec(field, 424242)));
            Assert.Contains("${SECRET}", SecretMask.Mask(PipelineFields.Spec(field, "${SECRET}")));
        }
    }

    [Fact]
    public void EveryReadableField_CanBeRead_ButForOneInAHundred()
    {
        var hidden = PipelineFields.Readable.Where(field => PipelineFields.Outlets(PipelineFields.Spec(field, PipelineFields.Harmless(field, Opaque))).Any(text => text.Contains(SecretMask.Hidden, StringComparison.Ordinal)));
        // None is left.
        Assert.Empty(hidden.Select(field => field.Path));
        Assert.Equal(971, PipelineFields.Readable.Count);
    }

    [Fact]
    public void SecretFields_NestedAnywhere_ComeThroughNowhere()
    {
        var secret = Gen.Int[0, PipelineFields.Secret.Count - 1].Select(i => PipelineFields.Secret[i]);
        var readable = Gen.Int[0, PipelineFields.Readable.Count - 1].Select(i => PipelineFields.Readable[i]);
        Gen.Select(secret, readable, Gen.Int[0, Holders.Length - 1].Array[0, 5]).Sample((field, beside, holders) =>
        {
            JsonNode config = new JsonArray(PipelineFields.Config(field, Opaque), PipelineFields.Config(beside, PipelineFields.Harmless(beside, "seen")));
            foreach (var holder in holders) config = Holders[holder](config);
            var spec = PipelineFields.Spec(new JsonObject { ["label"] = config });
            Assert.All(PipelineFields.Outlets(spec), text => Assert.DoesNotContain(Opaque, text));
            if (beside.Type == "string") Assert.Contains("seen", SecretMask.Mask(spec));
            Assert.Equal(SecretMask.Mask(spec), SecretMask.Mask(SecretMask.Mask(spec)));
        }, iter: 300);
    }

    [Theory]
    [InlineData("""{"output":{"acme":{"auth":{"method":"plain","user":"bob","token_url":"https://id/t","enabled":true,"timeout":"5s","custom":"•"}}}}""")]
    [InlineData("""{"output":{"acme":{"credentials":{"region":"eu","role":"r","file":"a.json","project":"p","secret_key":"•"}}}}""")]
    [InlineData("""{"output":{"acme":{"jwt":{"algorithm":"RS256","issuer":"i","audience":"a","private_key_path":"k.pem","signing_secret":"•"}}}}""")]
    [InlineData("""{"output":{"acme":{"basic_auth":{"realm":"r","username":"bob","password":"•"},"tls":{"cert_file":"c","min_version":"1.2","key":"•"}}}}""")]
    [InlineData("""{"output":{"acme":{"oauth2":{"client_id":"x","scopes":["a","b"],"endpoint_params":{"audience":"c"},"refresh_token":"•"}}}}""")]
    [InlineData("""{"output":{"acme":{"sasl":[{"mechanism":"PLAIN","user":"bob","password":"•"}],"key":"k","partition_key":"p","cache_key":"c","max_tokens":5}}}""")]
    [InlineData("""{"x":{"secrets":{"region":"•","user":"•"},"passwords":{"alice":"•"},"tokens":["•"],"client_secrets":{"a":"•"}}}""")]
    [InlineData("""{"x":{"env":{"LEVEL":"debug","DB_PASSWORD":"•"},"valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}}}""")]
    [InlineData("""{"x":{"api":{"key":"•","url":"https://h"},"encryption":{"key":"•"},"cache":{"key":"k"}}}""")]
    [InlineData("""{"x":{"headers":{"Accept":"*/*","Idempotency-Key":"k","X-Functions-Key":"•","X-Sig-Signature":"•","X-Honeycomb-Team":"•","X-Status-Code":"200"}}}""")]
    public void Mask_ComponentThatNoTableHas_HidesSecretsAndKeepsTheRest(string expected)
    {
        expected = expected.Replace("•", SecretMask.Hidden, StringComparison.Ordinal);
        Assert.Equal(expected, SecretMask.Mask(expected.Replace(SecretMask.Hidden, Opaque, StringComparison.Ordinal)));
    }

    private static readonly Func<JsonNode, JsonNode>[] Holders =
    [
        inner => new JsonObject { ["broker"] = new JsonObject { ["outputs"] = new JsonArray(inner, new JsonObject { ["drop"] = new JsonObject() }) } },
        inner => new JsonObject { ["switch"] = new JsonObject { ["cases"] = new JsonArray(new JsonObject { ["check"] = "this.a == \"b\"", ["output"] = inner }) } },
        inner => new JsonObject { ["fallback"] = new JsonArray(inner) },
        inner => new JsonObject { ["output_resources"] = new JsonArray(new JsonObject { ["label"] = "x", ["resource"] = inner }) },
        inner => new JsonObject { ["pipeline"] = new JsonObject { ["processors"] = new JsonArray(inner) } },
        inner => new JsonObject { ["branch"] = new JsonObject { ["request_map"] = "root = this", ["processors"] = new JsonArray(inner) } },
        inner => new JsonObject { ["workflow"] = new JsonObject { ["branches"] = new JsonObject { ["first"] = inner } } },
        inner => new JsonObject { ["try"] = new JsonArray(inner), ["catch"] = new JsonArray() },
        inner => new JsonObject { ["resources"] = new JsonObject { ["caches"] = new JsonObject { ["one"] = inner } } },
    ];
}
