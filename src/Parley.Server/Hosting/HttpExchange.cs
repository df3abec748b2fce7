using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.Server.Hosting;

/// <summary>What every JSON endpoint does.</summary>
internal static class HttpExchange
{
    private const long LongestBody = 64 * 1024;

    extension(HttpContext context)
    {
        /// <summary>The route's account id, not yet known to exist.</summary>
        public string Account => (string?)context.Request.RouteValues["account"] ?? "";

        public Task AnswerAsync<T>(int status, T body, JsonTypeInfo<T> type)
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsJsonAsync(body, type, "application/json", context.RequestAborted);
        }

        /// <summary>The body as JSON whatever content type the client claims, or null when it is not such an object.</summary>
        public async ValueTask<T?> ReadJsonAsync<T>(JsonTypeInfo<T> type)
            where T : class
        {
            context.LimitBody();
            try
            {
                return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        /// <summary>The body as it is, for endpoints where its absence means something.</summary>
        public async ValueTask<byte[]> ReadBytesAsync()
        {
            context.LimitBody();
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return body.ToArray();
        }

        private void LimitBody()
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = LongestBody;
            }
        }
    }
}
