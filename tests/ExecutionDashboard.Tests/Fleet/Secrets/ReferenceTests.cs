using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.Tests.Fleet.Secrets;

/// <summary>References to where a secret is can be read; a default inside one is a value like any other.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("${A}", "${A}")]
    [InlineData("${A:}", "${A:}")]
    [InlineData("${DB.PASSWORD}", "${DB.PASSWORD}")]
    [InlineData("${A:letmein}", "${A:•••}")]
    [InlineData("${A:${B}}", "${A:•••}•••")]
    [InlineData("${A:x${B}y}", "${A:•••}•••")]
    [InlineData("${A:p}ss}", "${A:•••}•••")]
    [InlineData("${A}${B}", "${A}${B}")]
    [InlineData("pre${A}", "•••${A}")]
    [InlineData("${{A:x}}", "•••")]
    [InlineData("$${A}", "•••${A}")]
    [InlineData("${ A }", "•••")]
    [InlineData("${a-b}", "•••")]
    [InlineData("${A:ZGVm|base64decode}", "${A:•••}")]
    [InlineData("Bearer ${T}", "Bearer ${T}")]
    [InlineData("Bearer ${T:x}", "Bearer ${T:•••}")]
    [InlineData("""${! env("X") }""", """${! env("X") }""")]
    [InlineData("""${! env("X").or("letmein") }""", """${! env("X").or("•••") }""")]
    [InlineData("{{ secret }}", "{{ secret }}")]
    [InlineData("""{{ env "TOKEN" }}""", """{{ env "TOKEN" }}""")]
    [InlineData("""{{ x | default "letmein" }}""", "•••")]
    [InlineData("postgres://${U}:${P}@h/x", "postgres://${U}:${P}@h/x")]
    [InlineData("${U}:${P}@tcp(db:3306)/x", "${U}:${P}@tcp(db:3306)/x")]
    [InlineData("Server=db;User Id=sa;Password=${P}", "Server=db;User Id=sa;Password=${P}")]
    [InlineData("Server=db;User Id=sa;Password=x;Key=${P}", "Server=db;User Id=sa;Password=•••;Key=${P}")]
    [InlineData("", "")]
    [InlineData("•••", "•••")]
    public void Mask_InTheFieldOfASecret_OnlyReferencesStay(string value, string shown)
    {
        foreach (var name in new[] { "password", "connection_string" })
        {
            var masked = SecretMask.Mask($$"""{"{{name}}":{{System.Text.Json.JsonSerializer.Serialize(value)}}}""");
            using var document = System.Text.Json.JsonDocument.Parse(masked);
            Assert.Equal(shown, document.RootElement.GetProperty(name).GetString());
            Assert.Equal(masked, SecretMask.Mask(masked));
        }
    }

    [Theory]
    [InlineData("${A}")]
    [InlineData("${PORT:8080}")]
    [InlineData("${LOG_LEVEL:info}")]
    [InlineData("${HOST:broker-1.example.com}")]
    [InlineData("${URL:http://localhost:8080/x}")]
    [InlineData("${WINDOW:10m}")]
    [InlineData("postgres://${U}:${P}@h/x")]
    [InlineData("amqp://app:${P}@${H}:5672/v")]
    [InlineData("https://h/x?api_key=${K}&b=2")]
    [InlineData("Authorization: Bearer ${T}")]
    [InlineData("tool --password ${P} -p $PASSWORD --user bob:${P}")]
    public void MaskText_Reference_Stays(string text) => Assert.Equal(text, SecretMask.MaskText(text));

    [Theory]
    [InlineData("${DB_PASSWORD:letmein}", "${DB_PASSWORD:•••}")]
    [InlineData("${DB_PASSWORD:p}ss}", "${DB_PASSWORD:•••}•••")]
    [InlineData("${A:S3cr3tQq77}", "${A:•••}")]
    [InlineData("${{A:S3cr3tQq77}}", "${{A:•••}}")]
    [InlineData("${URL:http://u:letmein@h/x}", "${URL:http://•••@h/x}")]
    [InlineData("postgres://${U}:${P:letmein}@h/x", "postgres://${U}:${P:•••}@h/x")]
    [InlineData("password=${DB:letmein} x", "password=${DB:•••} x")]
    public void MaskText_DefaultThatIsASecret_IsHidden(string text, string shown)
    {
        Assert.Equal(shown, SecretMask.MaskText(text));
        Assert.Equal(shown, SecretMask.MaskText(shown));
    }
}
