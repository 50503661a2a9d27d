using System.Text.Json;
using CsCheck;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Tests.Fleet.Secrets;

public class SecretMaskTests
{
    private const string Planted = "hunter2";

    private static readonly string[] SecretNames =
    [
        "password", "PASSWD", "db_pwd", "apiToken", "client-secret", "secret_ref", "api_key", "apiKey", "APIKEY", "aws_access_key_id", "accessKey",
        "private_key", "credentials", "connection_string", "ConnectionString", "sentry_dsn", "Authorization", "auth", "basic_auth", "httpAuth", "client_certificate",
    ];

    private static readonly string[] OpenNames = ["name", "author", "url", "path", "interval", "passthrough", "certainty", "authors", "key", "topic"];

    private static readonly string[] Carriers =
    [
        $"https://user:{Planted}@example.com/x", $"postgres://{Planted}@db", $"redis://:p@{Planted}@cache:6379/0", $"Authorization: Bearer {Planted}", $"bearer {Planted}",
        $"exp_ak_{Planted}", $"Server=db;User=sa;Password={Planted};Encrypt=true", $"host=db password={Planted}", $"curl 'https://x/?a=1&token={Planted}&b=2'",
        $"retrying\napi_key: \"{Planted}\"\nagain", $"-----BEGIN RSA PRIVATE KEY-----\nMII{Planted}\n-----END RSA PRIVATE KEY-----", $"{{\"password\": \"{Planted}", $"password=${{DB_PASSWORD:{Planted}}}",
        $"run --password {Planted} --verbose", $"--db-token '{Planted}'", $"curl -u admin:{Planted} https://x", $"PASSWORD => {Planted}", $"token := {Planted}", $"{{\\\"api_key\\\":\\\"{Planted}\\\"}}",
        $"password: |\n  {Planted}\n\n  more {Planted}\nport: 1", $"tokens:\n- {Planted}\n- b {Planted}\nport: 1", $"env:\n  - credentials: >-\n      {Planted}\n  - b", $"secret: \"one\n  {Planted}\"\nport: 1",
        $"- name: DB_PASSWORD\n  value: {Planted}\n", $"{{\"name\": \"API_TOKEN\", \"value\": \"{Planted}\"}} and more", $"postgres://app:a/b#{Planted}@db/x", $"https://acc.blob.example.com/c?sv=1&sig={Planted}&x=1",
        $"github_pat_{Planted}{Planted}{Planted}", $"xoxb-{Planted}-1", $"https://hooks.slack.com/services/T1/{Planted}", $"\"auth\": {{\n  \"password\": \"{Planted}\"\n}}",
    ];

    private static readonly Gen<string> Names = Gen.Int[0, OpenNames.Length - 1].Select(i => OpenNames[i]);

    private static readonly Gen<object?> Leaf = Gen.OneOf(
        Gen.String[Gen.Char['a', 'z'], 0, 6].Select(s => (object?)s), Gen.Int.Select(i => (object?)i), Gen.Bool.Select(b => (object?)b), Gen.Const((object?)null),
        Gen.Int[0, Carriers.Length - 1].Select(i => (object?)Carriers[i]));

    private static readonly Gen<object?> Secret =
        from name in Gen.Int[0, SecretNames.Length - 1]
        from shape in Gen.Int[0, 4]
        select (object?)new Dictionary<string, object?>
        {
            [SecretNames[name]] = shape switch
            {
                0 => Planted,
                1 => new object?[] { 1, Planted, true },
                2 => new Dictionary<string, object?> { ["value"] = Planted, ["nested"] = new[] { Planted } },
                3 => 77072317,
                _ => "a " + Planted + "\nb",
            },
        };

    /// <summary>Secrets that what stands beside them names.</summary>
    private static readonly Gen<object?> Beside =
        from name in Gen.Int[0, SecretNames.Length - 1]
        from shape in Gen.Int[0, 4]
        select shape switch
        {
            0 => new Dictionary<string, object?> { ["name"] = SecretNames[name], ["value"] = Planted },
            1 => new Dictionary<string, object?> { ["value"] = 77072317, ["Key"] = SecretNames[name], ["note"] = "open" },
            2 => new Dictionary<string, object?> { ["header"] = SecretNames[name], ["values"] = new[] { "a", Planted } },
            3 => new object?[] { "run", "--" + SecretNames[name], Planted, "--verbose" },
            _ => (object?)new object?[] { SecretNames[name], Planted },
        };

    private static Gen<object?> Json(int depth) => depth == 0
        ? Gen.OneOf(Leaf, Secret, Beside)
        : Gen.OneOf(Leaf, Secret, Beside, Json(depth - 1).Array[0, 3].Select(a => (object?)a),
            Gen.Select(Names, Json(depth - 1)).Array[0, 3].Select(members => (object?)members.DistinctBy(m => m.Item1).ToDictionary(m => m.Item1, m => m.Item2)));

    [Theory]
    [InlineData("{\"note\":\"\ud83d\"}")]
    [InlineData("{\"\udc00\":\"x\"}")]
    [InlineData("{\"\\ud83d\":\"x\"}")]
    [InlineData("not json \ud83d")]
    public void Mask_HalfASurrogatePair_DoesNotFail(string text) => Assert.NotEmpty(SecretMask.Mask(text));

    [Fact]
    public void Mask_AnyJsonWithPlantedSecrets_LetsNoneThrough() => Json(3).Sample(value =>
    {
        var masked = SecretMask.Mask(JsonSerializer.Serialize(value));
        Assert.DoesNotContain(Planted, masked);
        Assert.DoesNotContain("77072317", masked);
        using var valid = JsonDocument.Parse(masked);
        Assert.Equal(masked, SecretMask.Mask(masked));
    });

    [Fact]
    public void MaskText_AnyCarrier_LetsNoneThroughAndIsIdempotent()
    {
        foreach (var carrier in Carriers)
        {
            var masked = SecretMask.MaskText("before " + carrier);
            Assert.DoesNotContain(Planted, masked);
            Assert.StartsWith("before ", masked);
            Assert.Equal(masked, SecretMask.MaskText(masked));
        }
    }

    [Theory]
    [InlineData("""{"b":1.50,"a":[1e3,null,true],"name":"x"}""", """{"b":1.50,"a":[1e3,null,true],"name":"x"}""")]
    [InlineData("""{"password":"${DB_PASSWORD}","token":"{{ env \"TOKEN\" }}"}""", """{"password":"${DB_PASSWORD}","token":"{{ env \"TOKEN\" }}"}""")]
    [InlineData("""{"password":"${DB_PASSWORD:letmein}"}""", """{"password":"${DB_PASSWORD:•••}"}""")]
    [InlineData("""{"tls":{"certificate":[{"file":"a.pem","n":5}]}}""", """{"tls":{"certificate":[{"file":"a.pem","n":5}]}}""")]
    [InlineData("""{"input":{"secret_ref":"must-not-leak"}}""", """{"input":{"secret_ref":"•••"}}""")]
    [InlineData("""{"env":[{"name":"DB_PASSWORD","value":"x"},{"name":"LEVEL","value":"debug"}]}""", """{"env":[{"name":"DB_PASSWORD","value":"•••"},{"name":"LEVEL","value":"debug"}]}""")]
    [InlineData("""{"args":["--password","x","--password","${P}","-v"]}""", """{"args":["--password","•••","--password","${P}","-v"]}""")]
    [InlineData("""{"meta":{"expanso.io/registration-token":"x","expanso.io/cli":"{\"password\":\"x\"}"}}""", """{"meta":{"expanso.io/registration-token":"•••","expanso.io/cli":"{\"password\":\"•••\"}"}}""")]
    [InlineData("""{"token":null,"secret":""}""", """{"token":null,"secret":""}""")]
    [InlineData("""{"url":"amqp://u:p@q:5672/v?heartbeat=5"}""", """{"url":"amqp://•••@q:5672/v?heartbeat=5"}""")]
    [InlineData("""{"author":"ada","passthrough":true,"message":"connection refused: 10.0.0.1:443"}""", """{"author":"ada","passthrough":true,"message":"connection refused: 10.0.0.1:443"}""")]
    public void Mask_Json_HidesSecretsAndKeepsTheRest(string json, string expected) => Assert.Equal(expected, SecretMask.Mask(json));

    [Theory]
    [InlineData("Server=db;Password=x y;Encrypt=true", "Server=db;Password=•••;Encrypt=true")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: •••")]
    [InlineData("sent Bearer abc.def to server", "sent Bearer ••• to server")]
    [InlineData("password: \"a;b\" # c", "password: \"•••\" # c")]
    [InlineData("password=${DB_PASSWORD}", "password=${DB_PASSWORD}")]
    [InlineData("name: ingest\npassword: x\nport: 5432", "name: ingest\npassword: •••\nport: 5432")]
    [InlineData("2 of 3 nodes healthy, see https://docs.example.com/a@b", "2 of 3 nodes healthy, see https://docs.example.com/a@b")]
    [InlineData("password: |\n  a\n  b\nport: 1", "password: •••\nport: 1")]
    [InlineData("tokens:\n- a\n- b\nport: 1", "tokens: •••\nport: 1")]
    [InlineData("password:\nport: 1", "password:\nport: 1")]
    [InlineData("run --password x -v", "run --password ••• -v")]
    [InlineData("run --token ${TOKEN} -v", "run --token ${TOKEN} -v")]
    [InlineData("http://host:8080/a@b and https://host:8080", "http://host:8080/a@b and https://host:8080")]
    [InlineData("- name: LOG_LEVEL\n  value: debug", "- name: LOG_LEVEL\n  value: debug")]
    [InlineData("", "")]
    public void MaskText_Text_HidesSecretsAndKeepsTheRest(string text, string expected) => Assert.Equal(expected, SecretMask.MaskText(text));

    [Fact]
    public void MaskText_LongTextWithoutSecrets_TakesTimeInProportion()
    {
        // Would not end within the test run if a pattern began anew at each letter.
        var text = new string('a', 2_000_000) + new string(' ', 200_000) + new string(':', 100);
        Assert.Equal(text, SecretMask.MaskText(text));
    }
}
