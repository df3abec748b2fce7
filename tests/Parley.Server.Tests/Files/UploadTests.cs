using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Files;

/// <summary>Addresses, and what is done with them (protocol ch. 11).</summary>
public sealed class UploadTests(MessagingServer server)
{
    [Theory]
    [InlineData("ms.GenerateURLForUploadFile", """{"fileSize":1000,"fileType":"PNG"}""")]
    [InlineData(".ams.ms.GenerateURLForUploadFile", """{"fileSize":"1000","fileType":"png"}""")]
    [ClientRule(17)]
    [ClientRule(18)]
    [Checklist(23)]
    [CompatibilityRule(16)]
    [CompatibilityRule(22)]
    public async Task An_address_is_given_on_both_sockets_for_both_names_and_takes_the_file(string type, string body)
    {
        var account = await server.NewAccountAsync();
        await using var consumer = await server.ConsumerAsync(account);
        await using var agent = await server.AgentAsync(account);
        foreach (var client in (WireClient[])[consumer, agent])
        {
            var answer = await client.DoAsync(type, body);

            Assert.Equal("ms.GenerateURLResponse", answer.Type);
            Assert.Matches($@"^/v1/files/{account}/[0-9a-f]{{32}}\.PNG$", SharingClient.PathOf(answer.Body!));
            Assert.Equal(201, await PutAsync(answer.Body!, SharingClient.Png()));
        }
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("\"PNG\"")]
    [InlineData("""{"fileType":"PNG"}""")]
    [InlineData("""{"fileSize":1000}""")]
    [InlineData("""{"fileSize":"many","fileType":"PNG"}""")]
    [InlineData("""{"fileSize":{},"fileType":"PNG"}""")]
    [InlineData("""{"fileSize":0,"fileType":"PNG"}""")]
    [InlineData("""{"fileSize":-1,"fileType":"PNG"}""")]
    [InlineData("""{"fileSize":3145729,"fileType":"PNG"}""")]
    [InlineData("""{"fileSize":1000,"fileType":"EXE"}""")]
    [InlineData("""{"fileSize":1000,"fileType":"HTML"}""")]
    [InlineData("""{"fileSize":1000,"fileType":7}""")]
    [InlineData("""{"fileSize":1000,"fileType":["PNG"]}""")]
    public async Task What_cannot_be_uploaded_gets_no_address_and_the_socket_goes_on(string body)
    {
        await using var consumer = await server.ConsumerAsync("demo");

        Assert.Equal(400, (await consumer.RequestAsync(SharingClient.Upload, body)).Code);

        await consumer.AnnounceAsync();
    }

    [Theory]
    [InlineData("JPEG", "JPEG")]
    [InlineData("jpg", "JPG")]
    [InlineData("PLAIN", "TXT")]
    [InlineData("VND.OPENXMLFORMATS-OFFICEDOCUMENT.WORDPROCESSINGML.DOCUMENT", "DOCX")]
    public async Task A_type_may_be_named_as_the_subtype_of_its_media_type(string asked, string given)
    {
        await using var consumer = await server.ConsumerAsync("demo");

        Assert.EndsWith($".{given}", SharingClient.PathOf(await consumer.AnnounceAsync(type: asked)));
    }

    [Fact]
    public async Task An_account_decides_whether_what_and_how_much()
    {
        var account = await server.NewAccountAsync(new AccountSettings { FileTypes = "GIF PNG", FileBytes = 700_000, FileStorageMegabytes = 1 });
        var off = await server.NewAccountAsync(new AccountSettings { FileSharing = false });
        await using var consumer = await server.ConsumerAsync(account);
        await using var silent = await server.ConsumerAsync(off);

        Assert.Equal(403, (await silent.RequestAsync(SharingClient.Upload, """{"fileSize":10,"fileType":"PNG"}""")).Code);
        Assert.Equal(400, (await consumer.RequestAsync(SharingClient.Upload, """{"fileSize":10,"fileType":"PDF"}""")).Code);
        Assert.Equal(400, (await consumer.RequestAsync(SharingClient.Upload, """{"fileSize":700001,"fileType":"PNG"}""")).Code);

        var late = await consumer.AnnounceAsync(700_000);
        await consumer.UploadAsync(server.Http, SharingClient.Png(600_000));
        Assert.Equal(413, await PutAsync(late, SharingClient.Png(700_000)));
        Assert.Equal(403, (await consumer.RequestAsync(SharingClient.Upload, """{"fileSize":700000,"fileType":"PNG"}""")).Code);
        await consumer.UploadAsync(server.Http, SharingClient.Png(400_000));
    }

    [Fact]
    [Checklist(23)]
    public async Task An_address_is_good_for_its_method_its_path_and_a_minute()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var own = await MessagingServer.StartAsync(time: time);
        await using var consumer = await own.ConsumerAsync("demo");
        var (address, other) = (await consumer.AnnounceAsync(), await consumer.AnnounceAsync());
        var wrong = JsonNode.Parse(address.ToJsonString())!;
        wrong["relativePath"] = SharingClient.PathOf(other);
        var later = SharingClient.UrlOf(address).Replace(Expires(address), $"{long.Parse(Expires(address)) + 60}");

        async Task<int> Put(string url) => (int)(await own.Http.PutAsync(url, new ByteArrayContent(SharingClient.Png()))).StatusCode;
        Assert.Equal(401, await Put(SharingClient.PathOf(address)));
        Assert.Equal(401, await Put(SharingClient.UrlOf(wrong)));
        Assert.Equal(401, await Put(later));
        Assert.Equal(401, await Put(SharingClient.UrlOf(address) + "0"));
        Assert.Equal(401, await Put(SharingClient.UrlOf(address)[..^1] + "x"));
        Assert.Equal(401, (int)(await own.Http.GetAsync(SharingClient.UrlOf(address))).StatusCode);

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(201, await Put(SharingClient.UrlOf(address)));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(401, await Put(SharingClient.UrlOf(other)));

        var read = (await consumer.AskForAsync(SharingClient.PathOf(address))).Body!;
        Assert.Equal(401, await Put(SharingClient.UrlOf(read)));
        Assert.Equal(200, (int)(await own.Http.GetAsync(SharingClient.UrlOf(read))).StatusCode);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(401, (int)(await own.Http.GetAsync(SharingClient.UrlOf(read))).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_bytes_than_announced_are_refused_and_nothing_is_kept(bool isChunked)
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var address = await consumer.AnnounceAsync(1000);

        Assert.Equal(413, await PutAsync(address, SharingClient.Png(1001), isChunked));

        Assert.Equal(404, (await consumer.AskForAsync(SharingClient.PathOf(address))).Code);
        Assert.Equal(201, await PutAsync(address, SharingClient.Png(1000), isChunked));
    }

    [Theory]
    [InlineData("PNG", "GIF89a")]
    [InlineData("GIF", "<html>")]
    [InlineData("JPG", "")]
    [InlineData("JPEG", "\u00ff\u00d8")]
    [InlineData("PDF", "<%PDF-")]
    [InlineData("DOCX", "MZ")]
    public async Task What_is_not_of_its_type_is_refused_and_nothing_is_kept(string type, string content)
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var address = await consumer.AnnounceAsync(1000, type);

        Assert.Equal(415, await PutAsync(address, Encoding.Latin1.GetBytes(content)));

        Assert.Equal(404, (await consumer.AskForAsync(SharingClient.PathOf(address))).Code);
    }

    [Theory]
    [InlineData("JPG", "\u00ff\u00d8\u00ff\u00e0", "image/jpeg")]
    [InlineData("JPEG", "\u00ff\u00d8\u00ff", "image/jpeg")]
    [InlineData("GIF", "GIF87a...", "image/gif")]
    [InlineData("PDF", "%PDF-1.7", "application/pdf")]
    [InlineData("TXT", "<script>alert(1)</script>", "text/plain; charset=utf-8")]
    [InlineData("XLSX", "PK\u0003\u0004...", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task A_file_is_served_as_what_it_is_and_never_as_a_page(string type, string content, string contentType)
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var bytes = Encoding.Latin1.GetBytes(content);
        var path = await consumer.UploadAsync(server.Http, bytes, type);

        using var answer = await server.Http.GetAsync(SharingClient.UrlOf((await consumer.AskForAsync(path)).Body!));

        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(contentType, answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(("attachment", path.Split('/')[^1]), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName));
        Assert.Equal(
            ("nosniff", "default-src 'none'; sandbox", "private"),
            (answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.GetValues("Content-Security-Policy").Single(), answer.Headers.CacheControl!.ToString()));
    }

    [Fact]
    public async Task A_part_of_a_file_can_be_read()
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var content = SharingClient.Png();
        var path = await consumer.UploadAsync(server.Http, content);
        using var request = new HttpRequestMessage(HttpMethod.Get, SharingClient.UrlOf((await consumer.AskForAsync(path)).Body!));
        request.Headers.Range = new RangeHeaderValue(10, 19);

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(206, (int)answer.StatusCode);
        Assert.Equal(content[10..20], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_path_takes_one_file()
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var content = SharingClient.Png();
        var address = await consumer.AnnounceAsync();

        Assert.Equal(201, await PutAsync(address, content));
        Assert.Equal(409, await PutAsync(address, SharingClient.Png()));

        Assert.Equal(content, await consumer.ReadAsync(server.Http, SharingClient.PathOf(address)));
    }

    [Fact]
    public async Task Who_has_many_files_that_he_did_not_share_must_share_one_first()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        Assert.Equal(413, await PutAsync(await talk.Agent.AnnounceAsync(), SharingClient.Png(1001), isChunked: true)); // does not count
        var paths = new List<string>();
        for (var i = 0; i < 50; i++) paths.Add(await talk.Agent.UploadAsync(server.Http));
        var address = await talk.Agent.AnnounceAsync();

        Assert.Equal(429, await PutAsync(address, SharingClient.Png()));
        await talk.Consumer.UploadAsync(server.Http);

        await talk.Agent.ShareAsync(talk.ConversationId, paths[0]);
        Assert.Equal(201, await PutAsync(address, SharingClient.Png()));
    }

    [Fact]
    public async Task An_upload_that_broke_off_leaves_nothing_and_may_be_repeated()
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var address = await consumer.AnnounceAsync();
        using (var broken = new TcpClient())
        {
            await broken.ConnectAsync("127.0.0.1", server.Bound.Http.Port);
            var stream = broken.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"PUT {SharingClient.UrlOf(address)} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"));
            var wanted = new byte["HTTP/1.1 100 Continue".Length];
            await stream.ReadExactlyAsync(wanted);
            Assert.Equal("HTTP/1.1 100 Continue", Encoding.ASCII.GetString(wanted));
            await stream.WriteAsync(SharingClient.Png(500));
            Assert.Equal(409, await PutAsync(address, SharingClient.Png()));
        }

        // Until the server has noticed that the first one went away.
        var patience = Task.Delay(RawSocket.Patience);
        int status;
        do status = await PutAsync(address, SharingClient.Png());
        while (status == 409 && !patience.IsCompleted);
        Assert.Equal(201, status);
    }

    [Fact]
    [CompatibilityRule(24)]
    public async Task Pages_of_any_origin_may_send_and_read()
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var url = SharingClient.UrlOf(await consumer.AnnounceAsync());
        foreach (var method in (string[])["PUT", "GET"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, url);
            request.Headers.Add("Origin", "https://shop.example");
            request.Headers.Add("Access-Control-Request-Method", method);
            request.Headers.Add("Access-Control-Request-Headers", "content-type");
            using var answer = await server.Http.SendAsync(request);

            Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Contains(method, answer.Headers.GetValues("Access-Control-Allow-Methods").Single());
        }
    }

    [Fact]
    public async Task Trouble_of_the_store_is_503_and_the_upload_may_be_repeated()
    {
        var account = await server.NewAccountAsync();
        await using var consumer = await server.ConsumerAsync(account);
        var address = await consumer.AnnounceAsync();
        var folder = Path.Combine(Path.GetDirectoryName(server.Bound.TrustFile)!, "files", account);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        await File.WriteAllTextAsync(folder, "A file where the account's folder should be");

        Assert.Equal(503, await PutAsync(address, SharingClient.Png()));

        File.Delete(folder);
        Assert.Equal(201, await PutAsync(address, SharingClient.Png()));
    }

    [Fact]
    public async Task Neither_a_path_nor_a_signature_is_logged_or_measured()
    {
        await using var own = await MessagingServer.StartAsync();
        await using var consumer = await own.ConsumerAsync("demo");
        var path = await consumer.UploadAsync(own.Http);
        var address = (await consumer.AskForAsync(path)).Body!;
        await own.Http.GetByteArrayAsync(SharingClient.UrlOf(address));
        await own.Http.GetAsync(SharingClient.UrlOf(address) + "1");

        var told = string.Join('\n', own.Logs) + await own.Http.GetStringAsync("/metrics");

        Assert.Contains("parley_gateway_requests", told);
        Assert.DoesNotContain(path.Split('/')[^1], told);
        Assert.DoesNotContain((string)address["queryParams"]!["temp_url_sig"]!, told);
    }

    private static string Expires(JsonNode address) => (string)address["queryParams"]!["temp_url_expires"]!;

    private async Task<int> PutAsync(JsonNode address, byte[] content, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, SharingClient.UrlOf(address)) { Content = new ByteArrayContent(content) };
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await server.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
