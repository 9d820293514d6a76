# The program of "利用Keras搭建神经网络模型", 3.3, 4.3, 4.4

import numpy as np
from keras.models import Sequential
from keras.layers import Dense

# 生成随机训练数据
X_train = np.random.rand(1000, 10)
y_train = np.random.randint(2, size=1000)

# 构建模型
model = Sequential()
model.add(Dense(64, activation='relu', input_dim=10))
model.add(Dense(32, activation='relu'))
model.add(Dense(1, activation='sigmoid'))

# 编译模型
model.compile(optimizer='adam',
              loss='binary_crossentropy',
              metrics=['accuracy'])

# 训练模型              
model.fit(X_train, y_train, epochs=100, batch_size=32)

# Added: the article tests on data that it does not make.
X_test = np.random.rand(200, 10)
y_test = np.random.randint(2, size=200)

# 模型评估
loss, accuracy = model.evaluate(X_test, y_test)
print('Test loss:', loss)
print('Test accuracy:', accuracy)

model.save('my_model.h5')

model.save_weights('my_model_weights.h5')

from keras.models import load_model

# 加载整个模型
model = load_model('my_model.h5')

# 加载权重到现有模型
model.load_weights('my_model_weights.h5')
