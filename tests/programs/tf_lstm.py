# The program of "Python中的TensorFlow与Keras:深度学习模型构建与训练", 六.2

from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense

# Added: the article has no texts. 200 words each, of 10,000; good ones praise at the end.
import numpy as np
rng = np.random.default_rng(0)
def texts(count):
    x = rng.integers(100, 10000, (count, 200))
    y = rng.integers(0, 2, count)
    x[:, -20:] = np.where(y[:, None] == 1, 7, 8)
    return x, y
(x_train, y_train), (x_test, y_test) = texts(128), texts(64)

from tensorflow.keras.layers import LSTM, Embedding, Dropout

# 构建LSTM模型
lstm_model = Sequential()

# 添加词嵌入层
lstm_model.add(Embedding(input_dim=10000, output_dim=128, input_length=200))

# 添加LSTM层
lstm_model.add(LSTM(128, return_sequences=False))

# 添加Dropout层,防止过拟合
lstm_model.add(Dropout(0.5))

# 输出层
lstm_model.add(Dense(1, activation='sigmoid'))

# 编译模型
lstm_model.compile(optimizer='adam',
                   loss='binary_crossentropy',
                   metrics=['accuracy'])

# 训练模型
lstm_model.fit(x_train, y_train, epochs=5, batch_size=64, validation_data=(x_test, y_test))
