using Parley.Server.Admin;

namespace Parley.Operators;

/// <summary>Works in the folder itself while no server does.</summary>
internal sealed class LocalOperator(OfflineOperations offline) : IOperator
{
    public Task<TResult> RunAsync<TRequest, TResult>(Operation<TRequest, TResult> operation, TRequest request)
        where TRequest : class
        where TResult : class => operation.RunAsync(offline.Operations, request);

    public ValueTask DisposeAsync()
    {
        offline.Dispose();
        return ValueTask.CompletedTask;
    }
}
