using System.Net;
using System.Text;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Site;

public sealed class CspReportTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{"csp-report":{"document-uri":"https://shop.test/?hush","effective-directive":"script-src-elem","blocked-uri":"https://evil.test/a.js?hush","script-sample":"hush"}}""", "evil.test", "script-src-elem")]
    [InlineData("""{"csp-report":{"violated-directive":"style-src 'self'","blocked-uri":"inline"}}""", "inline", "style-src")]
    [InlineData("""[{"type":"csp-violation","url":"https://hush.test","body":{"effectiveDirective":"img-src","blockedURL":"http://evil.test:81/hush"}}]""", "evil.test", "img-src")]
    [InlineData("""{"csp-report":{"effective-directive":"hush\nforged line","blocked-uri":"javascript:hush"}}""", "?", "?")]
    [InlineData("""{"csp-report":[]}""", "?", "?")]
    [InlineData("[]", "?", "?")]
    [InlineData("hush", "?", "?")]
    [InlineData("", "?", "?")]
    public async Task A_report_is_logged_by_directive_and_host_alone(string report, string blocked, string directive)
    {
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(report));

        Assert.Contains($"Warning 5000 A browser kept {blocked} out of a page by {directive} of the content security policy ", _server.Logs);
        Assert.DoesNotContain(_server.Logs, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("hush"));
    }

    [Fact]
    public async Task All_are_counted_and_a_few_are_logged()
    {
        await _server.Http.GetStringAsync("/metrics");
        for (var i = 0; i < 40; i++) await PostAsync("""{"csp-report":{"effective-directive":"script-src","blocked-uri":"eval"}}""");

        Assert.Equal(10, _server.Logs.Count(line => line.StartsWith("Warning 5000", StringComparison.Ordinal)));
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        await PostAsync(new string('x', 1_000_000));
        Assert.Equal(11, _server.Logs.Count(line => line.StartsWith("Warning 5000", StringComparison.Ordinal)));
        Assert.Matches(@"parley_site_csp_reports_total(\{[^}]*\})? \d*", await _server.Http.GetStringAsync("/metrics"));
    }

    private async Task<HttpStatusCode> PostAsync(string report)
    {
        using var answer = await _server.Http.PostAsync("/csp-report", new StringContent(report, Encoding.UTF8, "application/csp-report"));
        return answer.StatusCode;
    }
}
